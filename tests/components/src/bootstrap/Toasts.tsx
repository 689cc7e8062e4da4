import { type ReactNode, createContext, useContext, useState } from 'react';
import { Toast, ToastContainer } from 'react-bootstrap';

interface Message {
  id: number;
  text: string;
  bg: string;
}

const Context = createContext<(text: string, bg?: string) => void>(() => undefined);
export const useToast = () => useContext(Context);

let last = 0;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<Message[]>([]);
  const show = (text: string, bg = 'success') => {
    last += 1;
    setMessages((before) => [...before, { id: last, text, bg }]);
  };
  const drop = (id: number) => setMessages((before) => before.filter((message) => message.id !== id));
  return (
    <Context.Provider value={show}>
      {children}
      <ToastContainer position="bottom-end" className="p-3 position-fixed">
        {messages.map((message) => (
          <Toast key={message.id} bg={message.bg} autohide delay={5000} onClose={() => drop(message.id)}>
            <Toast.Body className="text-white">{message.text}</Toast.Body>
          </Toast>
        ))}
      </ToastContainer>
    </Context.Provider>
  );
}
