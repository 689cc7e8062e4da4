import { Paper, SimpleGrid, Text, Title } from '@mantine/core';

export function Dashboard() {
  return (
    <>
      <Title order={2} mb="md">
        Dashboard
      </Title>
      <SimpleGrid cols={3}>
        {['Learners online today', 'Courses published', 'Certificates issued'].map((title, index) => (
          <Paper key={title} withBorder p="md">
            <Text c="dimmed" size="sm">
              {title}
            </Text>
            <Text fz={28} fw={700}>
              {[12, 38, 204][index]}
            </Text>
          </Paper>
        ))}
      </SimpleGrid>
    </>
  );
}
