import $ from 'jquery';
import Swal from 'sweetalert2';
import type { Person } from '../shared/api';

export const esc = (text: string) => $('<i>').text(text).html();
export const nameOf = (person: Person) => `${person.first_name} ${person.last_name}`.trim() || person.email;
export const initials = (name: string) => [...name.split(/\s+/)].map((part) => [...part][0]).slice(0, 2).join('').toUpperCase();
export const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

export const when = (moment: string | null) =>
  moment
    ? new Date(moment).toLocaleString('en-US', { month: 'short', day: 'numeric', year: 'numeric', hour: 'numeric', minute: '2-digit', timeZone: 'UTC' })
    : 'Never';

/** A request with a JSON body; rejects with what the server says. */
export const send = <T>(method: string, url: string, body: unknown = {}): Promise<T> =>
  new Promise((resolve, reject) => {
    $.ajax({ url, method, contentType: 'application/json', data: JSON.stringify(body) })
      .done(resolve)
      .fail((response) => reject(new Refusal(response.responseJSON?.error ?? 'Something went wrong. Please try again.', response.responseJSON?.fields ?? {})));
  });

export class Refusal extends Error {
  constructor(message: string, readonly fields: Record<string, string>) {
    super(message);
  }
}

export const Toast = Swal.mixin({ toast: true, position: 'top-end', showConfirmButton: false, timer: 3000, timerProgressBar: true });

/** The usual question, the work behind a spinner, and the usual answer. */
export async function sure(question: { title: string; html: string; yes: string; done: string; doneText: string }, work: () => Promise<unknown>) {
  const answer = await Swal.fire({
    title: question.title,
    html: question.html,
    icon: 'warning',
    showCancelButton: true,
    confirmButtonText: question.yes,
    confirmButtonColor: '#d33',
    showLoaderOnConfirm: true,
    allowOutsideClick: () => !Swal.isLoading(),
    preConfirm: () => work().then(() => true, (refusal: Error) => Swal.showValidationMessage(esc(refusal.message))),
  });
  if (answer.isConfirmed) await Swal.fire({ title: question.done, text: question.doneText, icon: 'success' });
  return answer.isConfirmed;
}
