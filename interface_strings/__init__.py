"""The strings of the interface, as translators mend them in the admin: edits are kept over the catalogues of the release."""
