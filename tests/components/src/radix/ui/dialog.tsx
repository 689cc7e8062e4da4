import { XIcon } from 'lucide-react';
import { AlertDialog as AlertPrimitive, Dialog as DialogPrimitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { buttonVariants } from './basic';
import { cn } from './cn';

const OVERLAY = 'fixed inset-0 z-50 bg-black/50';
const BOX = 'fixed top-1/2 left-1/2 z-50 grid w-full max-w-lg -translate-x-1/2 -translate-y-1/2 gap-4 rounded-lg border bg-background p-6 shadow-lg';

export const Dialog = DialogPrimitive.Root;

export function DialogContent({ className, children, ...props }: ComponentProps<typeof DialogPrimitive.Content>) {
  return (
    <DialogPrimitive.Portal>
      <DialogPrimitive.Overlay className={OVERLAY} />
      <DialogPrimitive.Content data-slot="dialog-content" className={cn(BOX, className)} {...props}>
        {children}
        <DialogPrimitive.Close className="absolute top-4 right-4 cursor-pointer rounded-xs opacity-70 hover:opacity-100 [&_svg]:size-4">
          <XIcon />
          <span className="sr-only">Close</span>
        </DialogPrimitive.Close>
      </DialogPrimitive.Content>
    </DialogPrimitive.Portal>
  );
}

export function SheetContent({ className, ...props }: ComponentProps<typeof DialogPrimitive.Content>) {
  return (
    <DialogContent
      data-slot="sheet-content"
      className={cn(
        'top-0 right-0 left-auto flex h-full w-full max-w-md translate-x-0 translate-y-0 flex-col overflow-y-auto rounded-none border-l',
        className,
      )}
      {...props}
    />
  );
}

export const DialogHeader = (props: ComponentProps<'div'>) => <div className="flex flex-col gap-2" {...props} />;
export const DialogFooter = (props: ComponentProps<'div'>) => <div className="flex justify-end gap-2" {...props} />;
export const DialogTitle = (props: ComponentProps<typeof DialogPrimitive.Title>) => (
  <DialogPrimitive.Title className="text-lg leading-none font-semibold" {...props} />
);
export const DialogDescription = (props: ComponentProps<typeof DialogPrimitive.Description>) => (
  <DialogPrimitive.Description className="text-sm text-muted-foreground" {...props} />
);

export const AlertDialog = AlertPrimitive.Root;
export function AlertDialogContent(props: ComponentProps<typeof AlertPrimitive.Content>) {
  return (
    <AlertPrimitive.Portal>
      <AlertPrimitive.Overlay className={OVERLAY} />
      <AlertPrimitive.Content data-slot="alert-dialog-content" className={BOX} {...props} />
    </AlertPrimitive.Portal>
  );
}
export const AlertDialogTitle = (props: ComponentProps<typeof AlertPrimitive.Title>) => (
  <AlertPrimitive.Title className="text-lg font-semibold" {...props} />
);
export const AlertDialogDescription = (props: ComponentProps<typeof AlertPrimitive.Description>) => (
  <AlertPrimitive.Description className="text-sm text-muted-foreground" {...props} />
);
export const AlertDialogAction = (props: ComponentProps<typeof AlertPrimitive.Action>) => (
  <AlertPrimitive.Action className={buttonVariants()} {...props} />
);
export const AlertDialogCancel = (props: ComponentProps<typeof AlertPrimitive.Cancel>) => (
  <AlertPrimitive.Cancel className={buttonVariants({ variant: 'outline' })} {...props} />
);
