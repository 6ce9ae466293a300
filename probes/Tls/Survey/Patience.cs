namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// How long a port may keep a survey waiting beyond what a healthy server takes. Honest servers, however far away and however much they
/// offer, spend none of it; a port that is silent, drips or resets runs out of it, and what was not asked by then stays undecided.
/// </summary>
internal sealed class Patience(TimeSpan total)
{
    private long _left = total.Ticks;

    public bool IsExhausted => Interlocked.Read(ref _left) <= 0;

    public TimeSpan Left => TimeSpan.FromTicks(Math.Max(0, Interlocked.Read(ref _left)));

    public void Spend(TimeSpan waited) => Interlocked.Add(ref _left, -waited.Ticks);
}
