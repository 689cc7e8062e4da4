import { Command } from 'cmdk';
import { CheckIcon, ChevronsUpDownIcon, PlusIcon, SearchIcon } from 'lucide-react';
import { useState } from 'react';
import { Badge, Button } from './basic';
import { Popover, PopoverContent, PopoverTrigger } from './menus';
import { cn } from './cn';

interface Option {
  value: string;
  label?: string;
}

interface Props {
  id?: string;
  value: string[];
  options: Option[];
  placeholder: string;
  searchPlaceholder: string;
  create: (text: string) => string;
  serverSide?: boolean;
  onSearch?: (text: string) => void;
  onChange: (value: string[]) => void;
}

const ITEM =
  'relative flex cursor-default items-center gap-2 rounded-sm px-2 py-1.5 text-sm outline-hidden select-none data-[selected=true]:bg-accent [&_svg]:size-4';

export function MultiSelect({ id, value, options, placeholder, searchPlaceholder, create, serverSide, onSearch, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const known = [...options, ...value.filter((one) => !options.some((option) => option.value === one)).map((one) => ({ value: one }))];
  const shown: Option[] = serverSide ? options : known;
  const typed = text.trim();
  const isNew = typed !== '' && !known.some((option) => option.value.toLowerCase() === typed.toLowerCase());

  const toggle = (one: string) =>
    onChange(value.includes(one) ? value.filter((other) => other !== one) : [...value, one]);

  const search = (next: string) => {
    setText(next);
    onSearch?.(next);
  };

  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button id={id} type="button" variant="outline" role="combobox" aria-expanded={open} className="h-auto min-h-9 w-full justify-between font-normal">
          {value.length ? (
            <span className="flex flex-wrap gap-1">
              {value.map((one) => (
                <Badge key={one} variant="secondary">
                  {one}
                </Badge>
              ))}
            </span>
          ) : (
            <span className="text-muted-foreground">{placeholder}</span>
          )}
          <ChevronsUpDownIcon className="opacity-50" />
        </Button>
      </PopoverTrigger>
      <PopoverContent>
        <Command shouldFilter={!serverSide}>
          <div className="flex h-9 items-center gap-2 border-b px-3">
            <SearchIcon className="size-4 opacity-50" />
            <Command.Input
              className="flex h-9 w-full bg-transparent text-sm outline-hidden placeholder:text-muted-foreground"
              placeholder={searchPlaceholder}
              value={text}
              onValueChange={search}
            />
          </div>
          <Command.List className="max-h-56 overflow-y-auto p-1">
            <Command.Empty className="py-4 text-center text-sm">No results found.</Command.Empty>
            {shown.map((option) => (
              <Command.Item key={option.value} value={option.value} className={ITEM} onSelect={() => toggle(option.value)}>
                <CheckIcon className={cn(value.includes(option.value) ? 'opacity-100' : 'opacity-0')} />
                {option.label ?? option.value}
              </Command.Item>
            ))}
            {isNew && (
              <Command.Item
                forceMount
                value={`create:${typed}`}
                className={ITEM}
                onSelect={() => {
                  onChange([...value, typed]);
                  search('');
                }}
              >
                <PlusIcon />
                {create(typed)}
              </Command.Item>
            )}
          </Command.List>
        </Command>
      </PopoverContent>
    </Popover>
  );
}
