namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>How fast a port may be asked: as fast as it likes, until it is seen to count connections.</summary>
internal sealed class Pace(TimeProvider clock, Patience patience) : IDisposable
{
    /// <summary>Lets a limiter that counts connections a second forget the ones before.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1100);

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(60);

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(1300);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _gate = new();
    private Task _backingOff = Task.CompletedTask;
    private TimeSpan _gap;
    private long _lastOpened;

    public bool IsLimited => _gap > TimeSpan.Zero;

    /// <summary>Waits until the next connection may be opened.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (!IsLimited)
        {
            _lastOpened = clock.GetTimestamp();
            return;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            var wait = _gap - clock.GetElapsedTime(_lastOpened);
            if (wait > TimeSpan.Zero)
            {
                patience.Spend(wait);
                await Task.Delay(wait, clock, cancellationToken);
            }

            _lastOpened = clock.GetTimestamp();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Waits until a limiter has forgotten what came before; those who ask at the same time wait together.</summary>
    public Task BackOffAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_backingOff.IsCompleted)
            {
                patience.Spend(Pause);
                _backingOff = Task.Delay(Pause, clock, cancellationToken);
            }

            return _backingOff;
        }
    }

    /// <param name="admitted">Connections the port let pass in the second before it shut the door.</param>
    public void Limit(int admitted)
    {
        lock (_gate)
        {
            var enough = Longest / Math.Max(1, admitted);
            _gap = enough > _gap ? enough : _gap;
            _gap = _gap < Shortest ? Shortest : _gap;
        }
    }

    /// <summary>The door was shut all the same.</summary>
    public void Widen()
    {
        lock (_gate)
        {
            _gap = _gap * 2 < Longest ? _gap * 2 : Longest;
        }
    }

    public void Dispose() => _turn.Dispose();
}
