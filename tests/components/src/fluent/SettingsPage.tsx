import { Body1, makeStyles, SelectTabData, Tab, TabList, Title2 } from '@fluentui/react-components';
import { useNavigate, useParams } from 'react-router-dom';
import { UsersTab } from './UsersTab';

const useStyles = makeStyles({
  page: { padding: '20px 28px', display: 'flex', flexDirection: 'column', rowGap: '12px' },
  tabs: { marginLeft: '-10px', overflowX: 'auto' },
});

const SECTIONS = [
  ['general', 'General'],
  ['users', 'Users'],
  ['groups', 'Groups'],
  ['branding', 'Branding'],
  ['integrations', 'Integrations'],
  ['security', 'Security'],
] as const;

export function SettingsPage() {
  const styles = useStyles();
  const navigate = useNavigate();
  const { section = 'general' } = useParams();
  return (
    <main className={styles.page}>
      <Title2 as="h1">Settings</Title2>
      <TabList
        className={styles.tabs}
        selectedValue={section}
        onTabSelect={(_, data: SelectTabData) => navigate(`/settings/${data.value}`)}
      >
        {SECTIONS.map(([value, label]) => (
          <Tab key={value} value={value}>{label}</Tab>
        ))}
      </TabList>
      {section === 'users' ? <UsersTab /> : <Body1>Your plan has no options in this section.</Body1>}
    </main>
  );
}
