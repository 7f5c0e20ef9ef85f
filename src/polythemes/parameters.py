"""Parameters of models, read and set in the way of scikit-learn, without the memory it takes."""

from __future__ import annotations

import inspect
from typing import Any, Self

from polythemes.errors import PolythemesError, choices


class Parameters:
    """A model whose constructor keeps every argument under its own name."""

    def get_params(self, deep: bool = True) -> dict[str, Any]:  # noqa: ARG002  # scikit-learn's signature
        """Give what the model was made with.

        Parameters
        ----------
        deep : bool
            Of no effect; scikit-learn's ``clone`` passes it.

        Returns
        -------
        dict
            Values by the names of the constructor's arguments.
        """
        names = list(inspect.signature(type(self).__init__).parameters)[1:]
        return {name: getattr(self, name) for name in names}

    def set_params(self, **given: Any) -> Self:
        """Set parameters for the next fit.

        Parameters
        ----------
        given
            Values by name.

        Returns
        -------
        Self
            The model.

        Raises
        ------
        PolythemesError
            If a name is none of the model's.
        """
        known = self.get_params()
        if unknown := sorted(set(given) - set(known)):
            msg = f"{type(self).__name__} has no {choices(unknown)}; it has {choices(known)}"
            raise PolythemesError(msg)
        vars(self).update(given)
        return self

    def __repr__(self) -> str:
        """Write the model as it can be made again."""
        told = ", ".join(f"{name}={value!r}" for name, value in self.get_params().items())
        return f"{type(self).__name__}({told})"
