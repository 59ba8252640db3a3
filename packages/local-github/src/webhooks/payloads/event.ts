import type { DomainEvent } from '../../domain/events.js';
import type { Json } from '../../rest/route.js';

/** The events of one name. */
export type EventOf<Name extends DomainEvent['name']> = Extract<DomainEvent, { name: Name }>;

/** Members of a webhook's payload. */
export type Payload = Readonly<Record<string, Json>>;
