"""Find named themes in texts whose category is known: `make benchmark-themes DATA= THEMES=`."""
