import { useNavigate } from 'react-router-dom';

interface FollowEvent {
  preventDefault: () => void;
  detail: { href?: string; external?: boolean };
}

/** Handles onFollow and onClick of links inside the console without loading the page again. */
export function useFollow() {
  const navigate = useNavigate();
  return (to?: string) => (event: FollowEvent) => {
    const href = to ?? event.detail.href;
    if (!href || event.detail.external) return;
    event.preventDefault();
    navigate(href);
  };
}
