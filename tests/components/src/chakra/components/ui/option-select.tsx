import { Portal, Select, createListCollection } from '@chakra-ui/react';
import { useMemo } from 'react';

export interface Option {
  value: string;
  label: string;
}

interface OptionSelectProps extends Omit<Select.RootProps, 'collection' | 'value' | 'onValueChange' | 'onChange'> {
  items: Option[];
  value: string;
  onChange: (value: string) => void;
}

export function OptionSelect({ items, value, onChange, ...rest }: OptionSelectProps) {
  const collection = useMemo(() => createListCollection({ items }), [items]);
  return (
    <Select.Root collection={collection} value={[value]} onValueChange={(e) => onChange(e.value[0] ?? '')} {...rest}>
      <Select.HiddenSelect />
      <Select.Control>
        <Select.Trigger>
          <Select.ValueText />
        </Select.Trigger>
        <Select.IndicatorGroup>
          <Select.Indicator />
        </Select.IndicatorGroup>
      </Select.Control>
      <Portal>
        <Select.Positioner>
          <Select.Content>
            {items.map((item) => (
              <Select.Item item={item} key={item.value}>
                {item.label}
                <Select.ItemIndicator />
              </Select.Item>
            ))}
          </Select.Content>
        </Select.Positioner>
      </Portal>
    </Select.Root>
  );
}
