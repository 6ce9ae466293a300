namespace SmartCity.SecurityCheck.Model;

/// <summary>
/// The calendar people here live by: UTC+8 without summer time, on every machine. The only place where an instant becomes a
/// day, so that a waiver, an answer and a measure begin and end on the same midnight.
/// </summary>
public static class BeijingTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(ClockOf(instant));

    /// <summary>What the clock on the wall shows. The last hours of the calendar (certificates without end) stay its last moment.</summary>
    public static DateTime ClockOf(DateTimeOffset instant) => new(Math.Min(instant.UtcTicks + Offset.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Unspecified);

    /// <summary>The instant of a clock on the wall; null before the calendar begins.</summary>
    public static DateTimeOffset? InstantOf(DateTime clock) =>
        clock.Ticks < Offset.Ticks ? null : new DateTimeOffset(clock.Ticks - Offset.Ticks, TimeSpan.Zero);
}
