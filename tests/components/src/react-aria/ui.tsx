import type { ReactNode } from 'react';
import {
  Checkbox as AriaCheckbox,
  type CheckboxProps,
  FieldError,
  Input,
  Label,
  Meter,
  Text,
  TextField,
  type TextFieldProps,
} from 'react-aria-components';
import { initials, type Status, type Summary } from '../shared/api';
import { STATUS } from './words';

const PATHS = {
  check: 'M4 10.5l4 4 8-9',
  alert: 'M10 6v5m0 3v.01M10 2.5l8 15H2z',
  close: 'M5 5l10 10M15 5L5 15',
  chevron: 'M5 7.5l5 5 5-5',
  right: 'M7.5 5l5 5-5 5',
  left: 'M12.5 5l-5 5 5 5',
  first: 'M14 5l-5 5 5 5M6 5v10',
  last: 'M6 5l5 5-5 5M14 5v10',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  plus: 'M10 4v12M4 10h12',
  search: 'M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM13 13l4 4',
  upload: 'M10 13V4m0 0L6.5 7.5M10 4l3.5 3.5M4 16h12',
  up: 'M10 15V5m0 0L6 9m4-4l4 4',
  down: 'M10 5v10m0 0l4-4m-4 4l-4-4',
  eye: 'M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zm8-2a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
} as const;

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg className={`icon icon-${name}`} viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

interface TextInputProps extends TextFieldProps {
  label: string;
  description?: string;
  placeholder?: string;
}

export function TextInput({ label, description, placeholder, ...props }: TextInputProps) {
  return (
    <TextField {...props} className="field">
      <Label>{label}</Label>
      <Input placeholder={placeholder} />
      {description && <Text slot="description">{description}</Text>}
      <FieldError />
    </TextField>
  );
}

export function Checkbox({ children, ...props }: Omit<CheckboxProps, 'children'> & { children?: ReactNode }) {
  return (
    <AriaCheckbox {...props}>
      {({ isIndeterminate }) => (
        <>
          <div className="checkbox-box">
            <svg viewBox="0 0 18 18" aria-hidden="true">
              {isIndeterminate ? <rect x={3} y={8} width={12} height={2} /> : <polyline points="2 9 7 14 16 4" />}
            </svg>
          </div>
          {children}
        </>
      )}
    </AriaCheckbox>
  );
}

export function StatusLight({ status }: { status: Status }) {
  return <span className={`status-light status-${status}`}>{STATUS[status]}</span>;
}

export function Avatar({ name }: { name: string }) {
  return (
    <span className="avatar" aria-hidden="true">
      {initials(name)}
    </span>
  );
}

export function SeatMeter({ summary }: { summary: Summary }) {
  const { seats_used: used, seats_total: total } = summary;
  return (
    <Meter value={used} maxValue={Math.max(total, 1)} valueLabel={`${used} of ${total} in use`} className="meter">
      {({ percentage, valueText }) => (
        <>
          <Label>Licensed seats</Label>
          <span className="meter-value">{valueText}</span>
          <div className="meter-bar">
            <div className="meter-fill" style={{ width: `${percentage}%` }} />
          </div>
        </>
      )}
    </Meter>
  );
}

export function Alert({ children }: { children: ReactNode }) {
  return (
    <div role="alert" className="inline-alert">
      <Icon name="alert" />
      <div>{children}</div>
    </div>
  );
}
