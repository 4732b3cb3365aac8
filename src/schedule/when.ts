/** How exactly the time of an event is known. */
export const PRECISIONS = ['time', 'day', 'week', 'month', 'year'] as const;
export type Precision = (typeof PRECISIONS)[number];

/**
 * When an event is held: wall time, IANA zone and precision. The zone is the venue's. Only `time` is ever shifted to
 * another zone; 6 November in Bangkok is 6 November.
 *
 * | precision | `start`            | `end`                                                |
 * |-----------|--------------------|------------------------------------------------------|
 * | `time`    | `2017-11-08T15:00` | `2017-11-08T16:30`, the moment it ends; `null`: open |
 * | `day`     | `2017-11-06`       | `2017-11-08`, its last day; `null`: one day          |
 * | `week`    | `2017-11-06`       | Monday of the last week; `null`: one week            |
 * | `month`   | `2018-12`          | the last month; `null`: one month                    |
 * | `year`    | `2018`             | the last year; `null`: one year                      |
 *
 * The `start` of a week is its Monday (ISO 8601). An `end` is never before or the same as `start`.
 */
export interface When {
  readonly precision: Precision;
  readonly start: string;
  readonly end: string | null;
  readonly zone: string;
}
