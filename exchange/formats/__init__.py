"""How a package is written as a file and read again. Plain values in and out: nothing here knows a model or a database."""
