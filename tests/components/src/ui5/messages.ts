import { Modals } from '@ui5/webcomponents-react';
import { ApiError } from '../shared/api';

export const toast = (text: string) => Modals.showToast({ children: text, placement: 'BottomCenter' });

export const reasonOf = (error: unknown) => (error instanceof ApiError ? error.message : 'The request could not be processed.');

export const fieldsOf = (error: unknown) => (error instanceof ApiError ? error.fields : {});

export const showError = (error: unknown) => Modals.showMessageBox({ type: 'Error', children: reasonOf(error) });

/** Asks, and resolves to true when the admin chose `action`. */
export const confirm = (titleText: string, question: string, action: string) =>
  new Promise<boolean>((resolve) =>
    Modals.showMessageBox({
      type: 'Warning',
      titleText,
      children: question,
      actions: [action, 'Cancel'],
      emphasizedAction: action,
      onClose: (chosen) => resolve(chosen === action),
    }),
  );
