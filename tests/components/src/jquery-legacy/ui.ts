import $ from 'jquery';
import { ApiError } from '../shared/api';

/** Markup that is already safe to put into the page. */
export class Markup {
  constructor(public text: string) {}
  toString() {
    return this.text;
  }
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const piece = (value: unknown): string => {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(piece).join('');
  if (value === null || value === undefined || value === false) return '';
  return String(value).replace(/[&<>"']/g, (c) => ENTITIES[c]);
};

/** A template whose values are escaped unless they are markup themselves. */
export const html = (strings: TemplateStringsArray, ...values: unknown[]) =>
  new Markup(strings.reduce((out, part, n) => out + part + (n < values.length ? piece(values[n]) : ''), ''));

export const el = (markup: Markup) => $(markup.text.trim()) as unknown as JQuery<HTMLElement>;

export const plural = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

const icon = (path: string) =>
  new Markup(`<svg class="glyphicon" viewBox="0 0 16 16" width="12" height="12" aria-hidden="true"><path d="${path}"/></svg>`);

export const icons = {
  search: icon('M6.5 0a6.5 6.5 0 0 1 5.2 10.3l4.1 4.1-1.4 1.4-4.1-4.1A6.5 6.5 0 1 1 6.5 0zm0 2a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z'),
  cog: icon('M6.8 0h2.4l.4 2.1 1.4.6L12.8 1.5l1.7 1.7-1.2 1.8.6 1.4 2.1.4v2.4l-2.1.4-.6 1.4 1.2 1.8-1.7 1.7-1.8-1.2-1.4.6-.4 2.1H6.8l-.4-2.1-1.4-.6-1.8 1.2-1.7-1.7 1.2-1.8-.6-1.4L0 9.2V6.8l2.1-.4.6-1.4L1.5 3.2l1.7-1.7L5 2.7l1.4-.6zM8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z'),
  user: icon('M8 0a4 4 0 0 1 2.5 7.1C13 8 15 10.5 15 13.5V15H1v-1.5c0-3 2-5.5 4.5-6.4A4 4 0 0 1 8 0z'),
  plus: icon('M6.5 1h3v5.5H15v3H9.5V15h-3V9.5H1v-3h5.5z'),
  download: icon('M6.5 0h3v6H13L8 11.5 3 6h3.5zM0 11h2v3h12v-3h2v5H0z'),
  upload: icon('M6.5 11.5h3v-6H13L8 0 3 5.5h3.5zM0 11h2v3h12v-3h2v5H0z'),
};

// Notices in the corner

export function growl(message: string, kind: 'success' | 'danger' | 'info' | 'warning' = 'success') {
  const $notice = el(
    html`<div class="growl alert alert-${kind}"><a href="#" class="close">×</a><span class="growl-message">${message}</span></div>`,
  ).appendTo('#growls');
  const leave = () => $notice.fadeOut(200, () => $notice.remove());
  $notice.on('click', '.close', (event) => {
    event.preventDefault();
    leave();
  });
  setTimeout(leave, kind === 'danger' ? 15_000 : 6000);
}

export const messageOf = (error: unknown) => (error instanceof Error ? error.message : 'Something went wrong');
export const growlError = (error: unknown) => growl(messageOf(error), 'danger');

/** "Loading..." over a part of the page until the work is done. */
export async function covered<T>($part: JQuery, work: Promise<T>): Promise<T> {
  const $cover = el(html`<div class="loading-overlay"><span>Loading...</span></div>`).appendTo($part.addClass('coverable'));
  try {
    return await work;
  } finally {
    $cover.remove();
  }
}

// Drop-downs

export function startDropdowns() {
  $(document).on('click', (event) => {
    const $target = $(event.target as unknown as Element);
    const $toggle = $target.closest('.dropdown-toggle');
    const $mine = $target.closest('.open');
    if ($toggle.length) {
      event.preventDefault();
      const $parent = $toggle.parent();
      $('.open').not($parent).removeClass('open');
      $parent.toggleClass('open');
      $parent.find('.multiselect-search').trigger('focus');
      return;
    }
    $('.open').not($mine.filter('.multiselect')).removeClass('open');
  });
  $(document).on('click', 'a[href="#"]', (event) => event.preventDefault());
}

// Modals

export interface Modal {
  $: JQuery;
  close: () => void;
}

export function modal(options: { title?: string; body: Markup; footer: Markup; size?: 'lg' | 'sm'; kind?: string }): Modal {
  const size = options.size ? ` modal-${options.size}` : '';
  const $modal = el(html`
    <div class="modal fade ${options.kind ?? ''}" tabindex="-1" role="dialog">
      <div class="modal-dialog${size}">
        <div class="modal-content">
          ${options.title && html`<div class="modal-header">
            <button type="button" class="close" data-dismiss="modal">×</button>
            <h4 class="modal-title">${options.title}</h4>
          </div>`}
          <div class="modal-body">
            ${!options.title && html`<button type="button" class="close" data-dismiss="modal">×</button>`}
            ${options.body}
          </div>
          <div class="modal-footer">${options.footer}</div>
        </div>
      </div>
    </div>`);
  const $backdrop = el(html`<div class="modal-backdrop fade"></div>`);
  $('body').addClass('modal-open').append($backdrop, $modal);
  setTimeout(() => $backdrop.add($modal).addClass('in'), 10);

  const escape = (event: JQuery.KeyDownEvent) => {
    if (event.key === 'Escape') close();
  };
  const close = () => {
    $(document).off('keydown', escape);
    $backdrop.add($modal).removeClass('in');
    $modal.trigger('hidden');
    setTimeout(() => {
      $backdrop.add($modal).remove();
      if (!$('.modal').length) $('body').removeClass('modal-open');
    }, 150);
  };
  $modal.on('click', '[data-dismiss="modal"]', (event) => {
    event.preventDefault();
    close();
  });
  $modal.on('mousedown', (event) => {
    if (event.target === $modal[0]) close();
  });
  $(document).on('keydown', escape);
  $modal.trigger('focus');
  return { $: $modal, close };
}

/** The question before something is done; true when it is answered with OK. */
export function confirm(message: Markup, ok = 'OK', kind: 'primary' | 'danger' = 'primary'): Promise<boolean> {
  return new Promise((resolve) => {
    const box = modal({
      kind: 'bootbox',
      body: html`<div class="bootbox-body">${message}</div>`,
      footer: html`<button type="button" class="btn btn-default" data-dismiss="modal">Cancel</button>
        <button type="button" class="btn btn-${kind} js-ok">${ok}</button>`,
    });
    box.$.on('hidden', () => resolve(false));
    box.$.find('.js-ok')
      .on('click', () => {
        resolve(true);
        box.close();
      })
      .trigger('focus');
  });
}

// Forms

export function clearErrors($form: JQuery) {
  $form.find('.has-error').removeClass('has-error').find('.field-error').remove();
  $form.find('.form-error').remove();
}

/** Puts each field's error below the field (`places`: where each is) and everything else on top of the form. */
export function showErrors($form: JQuery, error: unknown, places: Record<string, string>) {
  clearErrors($form);
  const rest: string[] = [];
  const fields = error instanceof ApiError ? Object.entries(error.fields) : [];
  for (const [name, message] of fields) {
    const $place = $form.find(places[name] ?? '.nowhere');
    if ($place.length) {
      $place.append(el(html`<span class="help-block field-error">${message}</span>`)).closest('.form-group').addClass('has-error');
    } else rest.push(message);
  }
  if (!fields.length || rest.length) rest.unshift(messageOf(error));
  if (rest.length) $form.prepend(el(html`<div class="alert alert-danger form-error">${rest.join(' – ')}</div>`));
}

/** Holds a button back, with other words on it, while something is sent. */
export async function busy<T>($button: JQuery, words: string, work: () => Promise<T>): Promise<T> {
  const before = $button.text();
  $button.prop('disabled', true).text(words);
  try {
    return await work();
  } finally {
    $button.prop('disabled', false).text(before);
  }
}

// Tags input with a typeahead list

export interface Choice {
  value: string;
  label: string;
}

export interface Tags {
  get: () => string[];
  focus: () => void;
}

export function tagsInput(
  $host: JQuery,
  options: {
    tags: string[];
    source: (text: string) => Promise<Choice[]> | Choice[];
    known?: string[];
    placeholder: string;
    id?: string;
  },
): Tags {
  const tags = [...options.tags];
  const $box = el(html`<div class="tagsinput form-control"><input type="text" placeholder="${options.placeholder}" autocomplete="off"><ul class="typeahead dropdown-menu"></ul></div>`);
  const $input = $box.find('input');
  const $list = $box.find('ul');
  let choices: Choice[] = [];
  let active = -1;
  let turn = 0;
  let timer = 0;
  if (options.id) $input.attr('id', options.id);
  $host.append($box);

  const hide = () => {
    turn++;
    clearTimeout(timer);
    $list.hide().empty();
    choices = [];
    active = -1;
  };
  const draw = () => {
    $box.find('.tag').remove();
    $input.before(tags.map((tag) => el(html`<span class="tag label label-info">${tag}<span class="tag-remove">×</span></span>`)));
  };
  const known = (text: string) => options.known?.find((name) => name.toLowerCase() === text.toLowerCase());
  const add = (text: string) => {
    const word = text.trim();
    if (word && !tags.some((tag) => tag.toLowerCase() === word.toLowerCase())) tags.push(word);
  };
  const take = () => {
    const text = String($input.val()).trim();
    if (!text) return;
    const whole = known(text);
    if (whole) add(whole);
    else text.split(',').forEach(add);
    $input.val('');
    hide();
    draw();
  };
  const choose = (n: number) => {
    add(choices[n].value);
    $input.val('');
    hide();
    draw();
    $input.trigger('focus');
  };
  const suggest = async () => {
    const text = String($input.val()).trim();
    const mine = ++turn;
    if (!text) return hide();
    const found = await Promise.resolve(options.source(text)).catch(() => []);
    if (mine !== turn || !$input.is(':focus')) return;
    choices = found.filter((choice) => !tags.includes(choice.value));
    active = -1;
    $list.html(choices.map((choice) => html`<li><a href="#">${choice.label}</a></li>`).join('')).toggle(choices.length > 0);
  };

  $input.on('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void suggest(), 200);
  });
  $input.on('focus click', () => void suggest());
  $input.on('blur', () => {
    hide();
    setTimeout(() => !$input.is(':focus') && take(), 150);
  });
  $input.on('keydown', (event) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      if (active >= 0) choose(active);
      else take();
    } else if (event.key === ',') {
      event.preventDefault();
      take();
    } else if (event.key === 'Backspace' && !$input.val() && tags.length) {
      tags.pop();
      draw();
    } else if (event.key === 'Escape' && choices.length) {
      event.stopPropagation();
      hide();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && choices.length) {
      event.preventDefault();
      active = (active + (event.key === 'ArrowDown' ? 1 : -1) + choices.length) % choices.length;
      $list.children().removeClass('active').eq(active).addClass('active')[0].scrollIntoView({ block: 'nearest' });
    }
  });
  $list.on('mousedown', (event) => event.preventDefault());
  $list.on('click', 'li', (event) => {
    event.preventDefault();
    event.stopPropagation();
    choose($(event.currentTarget).index());
  });
  $box.on('click', '.tag-remove', (event) => {
    event.stopPropagation();
    tags.splice($(event.currentTarget).parent().index(), 1);
    draw();
  });
  $box.on('click', (event) => {
    if (event.target === $box[0]) $input.trigger('focus');
  });
  draw();
  return {
    get: () => {
      take();
      return [...tags];
    },
    focus: () => $input.trigger('focus'),
  };
}

/** A button that opens a list of check boxes with a search on top; what is not there can be created. */
export function multiselect($host: JQuery, names: string[]): { get: () => string[] } {
  const all = [...names];
  const chosen: string[] = [];
  const $box = el(html`
    <div class="btn-group multiselect">
      <button type="button" class="btn btn-default dropdown-toggle"><span class="multiselect-text"></span> <span class="caret"></span></button>
      <ul class="dropdown-menu">
        <li class="multiselect-filter"><input type="text" class="form-control input-sm multiselect-search" placeholder="Search or create a group" autocomplete="off"></li>
      </ul>
    </div>`).appendTo($host);
  const $search = $box.find('.multiselect-search');
  const label = () =>
    $box.find('.multiselect-text').text(chosen.length > 3 ? `${chosen.length} selected` : chosen.join(', ') || 'Select a group');
  const draw = () => {
    const text = String($search.val()).trim();
    const wanted = text.toLowerCase();
    const shown = all.filter((name) => name.toLowerCase().includes(wanted));
    const exact = all.some((name) => name.toLowerCase() === wanted);
    $box.find('li').not('.multiselect-filter').remove();
    $box.find('ul').append(
      shown.map((name) =>
        el(html`<li><label class="checkbox"><input type="checkbox"> <span>${name}</span></label></li>`)
          .find('input')
          .prop('checked', chosen.includes(name))
          .on('change', (event) => {
            const at = chosen.indexOf(name);
            if ((event.target as HTMLInputElement).checked && at < 0) chosen.push(name);
            else if (at >= 0) chosen.splice(at, 1);
            label();
          })
          .end(),
      ),
      text && !exact
        ? el(html`<li class="multiselect-create"><a href="#">Create group “${text}”</a></li>`).on('click', (event) => {
            event.preventDefault();
            event.stopPropagation();
            create(text);
          })
        : [],
    );
  };
  const create = (name: string) => {
    all.push(name);
    chosen.push(name);
    $search.val('');
    draw();
    label();
  };
  $search.on('input', draw).on('keydown', (event) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      $box.removeClass('open');
    }
    if (event.key !== 'Enter') return;
    event.preventDefault();
    $box.find('.multiselect-create').trigger('click');
  });
  draw();
  label();
  return { get: () => [...chosen] };
}
