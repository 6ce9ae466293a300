using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// How much of the run's time one port may waste, all probes of TLS together: time in which an answer was owed and did not come, and the
/// pauses its closed doors made necessary, counted once where several probes waited at the same time. Answers cost nothing however many
/// they are and however far away the server is, up to <see cref="Prompt"/> each; what was not asked when all is spent stays undecided.
/// </summary>
internal sealed class Forbearance(TimeProvider clock)
{
    private readonly SortedList<long, long> _wasted = [];
    private readonly Dictionary<Wait, long> _waiting = [];
    private readonly Lock _gate = new();

    /// <summary>An answer that takes no longer is no waste.</summary>
    public static TimeSpan Prompt { get; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Leaves an honest share of 15 s for what is answered in between.</summary>
    public static TimeSpan Total { get; } = TimeSpan.FromSeconds(11);

    public bool IsExhausted => Left <= TimeSpan.Zero;

    /// <summary>Never below zero.</summary>
    public TimeSpan Left
    {
        get
        {
            lock (_gate)
            {
                var left = Total - clock.GetElapsedTime(0, Spent());
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>The one of the endpoint in this run.</summary>
    public static Task<Forbearance> OfAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken) =>
        context.Shared.GetAsync($"tls.forbearance|{endpoint.TargetId}", _ => Task.FromResult(new Forbearance(context.Clock)), cancellationToken);

    /// <summary>Somebody waits for what the port owes, until the wait is ended.</summary>
    /// <param name="since">Timestamp of the clock since which it is owed.</param>
    public Wait Begin(long since)
    {
        var wait = new Wait(this, since);
        lock (_gate)
        {
            _waiting.Add(wait, wait.Since);
        }

        return wait;
    }

    /// <summary>Waits a while because of what the port did; no longer than anything may still be asked behind it.</summary>
    public async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        var from = clock.GetTimestamp();
        var left = Left;
        try
        {
            await Task.Delay(pause < left ? pause : left, clock, cancellationToken);
        }
        finally
        {
            Waste(from, clock.GetTimestamp());
        }
    }

    /// <summary>So long a time that ends now was wasted.</summary>
    public void Waste(TimeSpan before)
    {
        var now = clock.GetTimestamp();
        Waste(now - (long)(before.TotalSeconds * clock.TimestampFrequency), now);
    }

    public static UnableException Explain(Endpoint endpoint) => new(
        FailureKind.TimedOut,
        $"{endpoint.Authority} 应答太慢、不应答或断开，等它的时间合计已满 {Total.TotalSeconds:0.#} 秒，没有再连接；没有问到的不作结论");

    private void End(Wait wait, bool isAnswered)
    {
        var now = clock.GetTimestamp();
        lock (_gate)
        {
            if (!_waiting.Remove(wait))
            {
                return;
            }
        }

        if (!isAnswered || clock.GetElapsedTime(wait.Since, now) > Prompt)
        {
            Waste(wait.Since, now);
        }
    }

    private void Waste(long from, long to)
    {
        lock (_gate)
        {
            // Spans that touch become one.
            foreach (var (start, end) in _wasted.Where(w => w.Key <= to && w.Value >= from).ToList())
            {
                _wasted.Remove(start);
                (from, to) = (Math.Min(from, start), Math.Max(to, end));
            }

            _wasted[from] = to;
        }
    }

    /// <summary>In ticks of the clock; what is waited for still counts from its beginning once it is late.</summary>
    private long Spent()
    {
        var now = clock.GetTimestamp();
        var late = _waiting.Values.Where(since => clock.GetElapsedTime(since, now) > Prompt).DefaultIfEmpty(now).Min();
        return _wasted.Sum(w => Math.Max(0, Math.Min(w.Value, late) - w.Key)) + Math.Max(0, now - late);
    }

    /// <summary>One answer that is owed.</summary>
    internal sealed class Wait(Forbearance owner, long since)
    {
        internal long Since { get; } = since;

        public void End(bool isAnswered) => owner.End(this, isAnswered);
    }
}
