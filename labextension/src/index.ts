/** Registers what this extension brings to JupyterLab. */

import { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { EditorExtensionRegistry, IEditorExtensionRegistry } from '@jupyterlab/codemirror';

import { equationColours } from './decorate.js';

const equations: JupyterFrontEndPlugin<void> = {
  id: 'brian-nb:equations',
  description: 'Colours the equations of %%brian cells.',
  autoStart: true,
  requires: [IEditorExtensionRegistry],
  activate: (_app: JupyterFrontEnd, registry: IEditorExtensionRegistry) => {
    registry.addExtension({
      name: 'brian-nb:equations',
      factory: () => EditorExtensionRegistry.createImmutableExtension(equationColours)
    });
  }
};

export default equations;
