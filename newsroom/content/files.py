"""Content files: YAML that remembers where everything stands, so that a mistake can be named with its file and line."""

from pathlib import Path

import yaml


class ContentError(Exception):
    """A mistake in a content file: `message` for people, with the file and the line."""

    def __init__(self, message, path=None, line=None):
        self.message, self.path, self.line = message, path, line
        where = ":".join(str(part) for part in (path, line) if part)
        super().__init__(f"{where}: {message}" if where else message)


class YamlMapping(dict):
    """A mapping of a content file that knows its file and the line of each of its keys."""

    path = None
    line = None

    def at(self, key=None):
        """Return the line of a key, or of the mapping itself."""
        return self.lines.get(key, self.line)

    def fail(self, message, key=None):
        raise ContentError(message, self.path, self.at(key))


class YamlLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # the one in C is eight times as fast, where there is one
    """Safe YAML whose mappings are `YamlMapping`s; a key that stands twice is a mistake, not a surprise."""


def construct_mapping(loader, node):
    mapping = YamlMapping()
    mapping.path, mapping.line, mapping.lines = loader.name, node.start_mark.line + 1, {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        line = key_node.start_mark.line + 1
        if key in mapping:
            raise ContentError(f"“{key}” stands twice.", loader.name, line)
        mapping[key] = loader.construct_object(value_node, deep=True)
        mapping.lines[key] = line
    return mapping


YamlLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, construct_mapping)
# Dates stay strings: a partial date is one, and a whole one must not become something else.
YamlLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_file(path, root):
    """Return what a content file holds. Raises `ContentError` for what is no YAML or no UTF-8."""
    name = str(Path(path).relative_to(root.parent))
    try:
        loader = YamlLoader(Path(path).read_text(encoding="utf-8"))
        loader.name = name
        return loader.get_single_data()
    except UnicodeDecodeError as error:
        raise ContentError("The file is not UTF-8.", name, error.start) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        message = f"This is not valid YAML: {getattr(error, 'problem', error)}."
        raise ContentError(message, name, mark and mark.line + 1) from error


def read_entries(path, root):
    """Return the list of entries of a file, each a mapping with a key of its own; an absent file has none."""
    if not path.exists():
        return []
    content = read_file(path, root) or []
    if not isinstance(content, list) or not all(isinstance(entry, YamlMapping) for entry in content):
        raise ContentError("This file must hold a list of entries.", str(path.relative_to(root.parent)), 1)
    return content
