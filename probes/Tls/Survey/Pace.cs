namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>How fast a port may be asked: as fast as it likes, until it is seen to count connections.</summary>
internal sealed class Pace(TimeProvider clock, Patience patience, Forbearance forbearance)
{
    /// <summary>Lets a limiter that counts connections a second forget the ones before.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1100);

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(60);

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(1300);

    private readonly Lock _gate = new();
    private Task _backingOff = Task.CompletedTask;
    private TimeSpan _gap;
    private DateTimeOffset _lastTurn;

    public bool IsLimited => _gap > TimeSpan.Zero;

    /// <summary>Waits until the next connection may be opened.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var wait = TakeTurn();
        if (wait > TimeSpan.Zero)
        {
            patience.Spend(wait);
            await forbearance.PauseAsync(wait, cancellationToken);
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
                _backingOff = forbearance.PauseAsync(Pause, cancellationToken);
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

    /// <returns>How long to wait for it.</returns>
    private TimeSpan TakeTurn()
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            var turn = _lastTurn + _gap;
            _lastTurn = turn > now ? turn : now;
            return _lastTurn - now;
        }
    }
}
