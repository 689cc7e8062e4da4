import { Timestamp, TimestampFormat, TimestampTooltipVariant } from '@patternfly/react-core';

export const LastLogin = ({ at }: { at: string | null }) =>
  at ? (
    <Timestamp
      date={new Date(at)}
      dateFormat={TimestampFormat.medium}
      tooltip={{ variant: TimestampTooltipVariant.default }}
    />
  ) : (
    'Never'
  );
