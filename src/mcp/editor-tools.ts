import * as z from 'zod';
import { tools } from './tools/all.js';

/** The tools that look, as a manifest tells them to the editor: `contributes.languageModelTools`. */
export function editorTools() {
  return tools
    .filter(({ changes }) => !changes)
    .map(({ name, title, description, input }) => ({
      name: `mlops_${name}`,
      displayName: `MLOps: ${title}`,
      toolReferenceName: `mlops_${name}`,
      canBeReferencedInPrompt: true,
      icon: '$(beaker)',
      modelDescription: `About the ML project that is open. ${description}`,
      userDescription: title,
      when: 'mlops.project == ready',
      inputSchema: jsonSchema(input),
    }));
}

function jsonSchema(shape: z.ZodRawShape) {
  const { $schema: _, ...schema } = z.toJSONSchema(z.object(shape), { io: 'input' });
  return schema;
}
