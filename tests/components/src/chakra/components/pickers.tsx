import { useFieldContext } from '@chakra-ui/react';
import type { StylesConfig, ThemeConfig } from 'react-select';
import AsyncCreatableSelect from 'react-select/async-creatable';
import CreatableSelect from 'react-select/creatable';
import { api } from '../../shared/api';
import { useSummary } from '../queries';
import type { Option } from './ui/option-select';

interface PickerProps {
  value: string[];
  onChange: (value: string[]) => void;
}

const color = (name: string) => `var(--chakra-colors-${name})`;

const theme: ThemeConfig = (base) => ({
  ...base,
  borderRadius: 4,
  colors: {
    ...base.colors,
    primary: color('teal-solid'),
    primary25: color('teal-subtle'),
    primary50: color('teal-muted'),
    danger: color('fg-error'),
    dangerLight: color('bg-error'),
    neutral0: color('bg-panel'),
    neutral10: color('bg-muted'),
    neutral20: color('border'),
    neutral30: color('border-emphasized'),
    neutral50: color('fg-subtle'),
    neutral80: color('fg'),
  },
});

const styles: StylesConfig<Option, true> = {
  container: (base) => ({ ...base, width: '100%', fontSize: '0.875rem' }),
  menu: (base) => ({ ...base, zIndex: 'var(--chakra-z-index-dropdown)' as never }),
};

const toOption = (value: string): Option => ({ value, label: value });
const values = (options: readonly Option[]) => options.map((option) => option.value);

export function GroupPicker({ value, onChange }: PickerProps) {
  const field = useFieldContext();
  const { data, isLoading } = useSummary();
  return (
    <CreatableSelect<Option, true>
      isMulti
      inputId={field?.ids.control}
      theme={theme}
      styles={styles}
      placeholder="Select or create groups"
      formatCreateLabel={(text) => `Create group “${text}”`}
      isLoading={isLoading}
      closeMenuOnSelect={false}
      options={data?.groups.map(toOption)}
      value={value.map(toOption)}
      onChange={(options) => onChange(values(options))}
    />
  );
}

const loadManagers = async (text: string) =>
  (await api.options(text)).map(({ email, name }) => ({ value: email, label: name ? `${name} (${email})` : email }));

export function ManagerPicker({ value, onChange }: PickerProps) {
  const field = useFieldContext();
  return (
    <AsyncCreatableSelect<Option, true>
      isMulti
      cacheOptions
      defaultOptions
      inputId={field?.ids.control}
      theme={theme}
      styles={styles}
      placeholder="Search by name or email"
      formatCreateLabel={(text) => `Invite ${text} as a manager`}
      isValidNewOption={(text, _, options) => text.includes('@') && !options.some((o) => 'value' in o && o.value === text.toLowerCase())}
      loadOptions={loadManagers}
      value={value.map(toOption)}
      onChange={(options) => onChange(values(options))}
    />
  );
}
