import { Card, Empty, Typography } from 'antd';

export function Placeholder({ title }: { title: string }) {
  return (
    <>
      <Typography.Title level={3}>{title}</Typography.Title>
      <Card>
        <Empty description="Nothing here yet" />
      </Card>
    </>
  );
}
