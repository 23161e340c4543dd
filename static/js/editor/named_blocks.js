/* Blocks that are called after several of their texts (see pages/blocks/named.py). No module: blocks are made before modules run. */

{
    class NamedBlockDefinition extends window.wagtailStreamField.blocks.StructBlockDefinition {
        render(...place) {
            const block = super.render(...place);
            block.getTextLabel = (options) => this.meta.labelFormat
                .replace(/\{(\w+)\}/g, (_, name) => block.childBlocks[name]?.getTextLabel?.(options) || "")
                .replace(/\s+/g, " ")
                .replace(/^[\s:]+|[\s:]+$/g, ""); // "2020:" without its value
            return block;
        }
    }

    window.telepath.register("pages.blocks.NamedBlock", NamedBlockDefinition);
}
