/// <reference types="select2" />
import $ from 'jquery';
import select2 from 'select2';
import type { Account } from '../shared/api';

// Without a module loader of its own, Select2 hands out a function that installs it.
(select2 as unknown as (root: Window, jquery: JQueryStatic) => void)(window, $);

const COMMON = { theme: 'bootstrap-5', width: '100%' };

export const groupPicker = ($select: JQuery, groups: string[], $parent: JQuery, placeholder: string) => {
  $select.append(groups.map((group) => new Option(group, group, false, false)));
  $select.select2({ ...COMMON, tags: true, allowClear: true, placeholder, dropdownParent: $parent });
};

export const managerPicker = ($select: JQuery, $parent: JQuery) =>
  $select.select2({
    ...COMMON,
    placeholder: 'Type a name or email',
    dropdownParent: $parent,
    minimumInputLength: 1,
    tags: true,
    createTag: ({ term }) => (/^\S+@\S+\.\S+$/.test(term.trim()) ? { id: term.trim(), text: term.trim() } : null),
    ajax: {
      url: '/api/options',
      delay: 250,
      data: ({ term }: { term?: string }) => ({ q: term ?? '' }),
      processResults: (people: Account[]) => ({ results: people.map((person) => ({ id: person.email, text: `${person.name} (${person.email})` })) }),
    },
    templateSelection: (option) => option.id ?? option.text,
  });
