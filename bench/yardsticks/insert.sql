insert into activity (place, kind, held_on, started_at, ended_at, venue, people, leader, audience, materials, note, state)
values ('500118112200', 'drill', current_date, now(), now(), '示例村文化广场', 12, '示例甲', 80, '宣传单、灭火器、水带', repeat('检查消火栓与灶台，讲解疏散路线，发放宣传单。', 4), 'submitted');
