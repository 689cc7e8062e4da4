import {
  Heading, ProgressBar, SkeletonText, StructuredListBody, StructuredListCell, StructuredListRow, StructuredListWrapper, Tab, TabList,
  TabPanel, TabPanels, Tabs,
} from '@carbon/react';
import { useNavigate } from 'react-router-dom';
import { api, useRemote } from '../shared/api';
import { Users } from './Users';

const TABS = ['general', 'users', 'groups'] as const;
const PATHS = ['/admin/settings', '/admin/users', '/admin/groups'];

export function Settings({ tab }: { tab: (typeof TABS)[number] }) {
  const navigate = useNavigate();
  const { data: summary, reload } = useRemote(api.summary, []);
  const seats = summary ? (
    <div className="seats">
      <ProgressBar label="Seats in use" max={summary.seats_total} value={summary.seats_used} helperText={`${summary.seats_used} of ${summary.seats_total} seats`} />
    </div>
  ) : (
    <SkeletonText width="20rem" />
  );
  return (
    <>
      <Heading className="page-title">Settings</Heading>
      <Tabs selectedIndex={TABS.indexOf(tab)} onChange={({ selectedIndex }) => navigate(PATHS[selectedIndex])}>
        <TabList aria-label="Settings">
          <Tab>General</Tab>
          <Tab>Users</Tab>
          <Tab>Groups</Tab>
        </TabList>
        <TabPanels>
          <TabPanel>{tab === 'general' && seats}</TabPanel>
          <TabPanel>
            {tab === 'users' && (
              <>
                {seats}
                <Users groups={summary?.groups ?? []} onChanged={reload} />
              </>
            )}
          </TabPanel>
          <TabPanel>
            <StructuredListWrapper>
              <StructuredListBody>
                {summary?.groups.map((group) => (
                  <StructuredListRow key={group}>
                    <StructuredListCell>{group}</StructuredListCell>
                  </StructuredListRow>
                ))}
              </StructuredListBody>
            </StructuredListWrapper>
          </TabPanel>
        </TabPanels>
      </Tabs>
    </>
  );
}
