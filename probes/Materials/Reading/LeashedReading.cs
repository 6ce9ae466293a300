namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>How a piece of work on a leash ended.</summary>
internal enum LeashedEnd
{
    Done,

    /// <summary>Its time is up; its thread is left behind.</summary>
    GivenUp,

    /// <summary>All places are held by threads that were left behind: it was not begun.</summary>
    NoRoom,
}

/// <summary>
/// Runs a library that cannot be interrupted on threads of their own. One that is given up keeps its place until it ends, so that there are
/// never more such threads than places, whatever is handed in.
/// </summary>
/// <param name="most">Places.</param>
/// <param name="limit">For each piece of work.</param>
internal sealed class LeashedReading(int most, TimeSpan limit) : IDisposable
{
    private const int StackBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim _places = new(most);
    private int _left;

    public TimeSpan Limit => limit;

    /// <param name="work">Must not throw.</param>
    /// <param name="stop">The probe's clock.</param>
    /// <param name="result">Null where it did not end.</param>
    /// <exception cref="OperationCanceledException">Stopped while waiting for a place, or at its end.</exception>
    public LeashedEnd Run<T>(Func<CancellationToken, T> work, CancellationToken stop, out T? result)
        where T : class
    {
        result = null;
        while (!_places.Wait(Glance, stop))
        {
            if (Volatile.Read(ref _left) >= most)
            {
                return LeashedEnd.NoRoom;
            }
        }

        T? made = null;
        var isLeft = false;
        var door = new Lock();
        var isOver = false;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var token = over.Token;
        var thread = new Thread(
            () =>
            {
                made = work(token);
                lock (door)
                {
                    isOver = true;
                    _left -= isLeft ? 1 : 0;
                }

                GiveBack();
            },
            StackBytes) { IsBackground = true };
        thread.Start();
        if (!thread.Join(limit))
        {
            lock (door)
            {
                isLeft = !isOver;
                _left += isLeft ? 1 : 0;
            }

            over.Cancel();
            return LeashedEnd.GivenUp;
        }

        stop.ThrowIfCancellationRequested();
        result = made;
        return LeashedEnd.Done;
    }

    public void Dispose() => _places.Dispose();

    /// <summary>A thread that was left behind may come to its end when nobody asks for places any more.</summary>
    private void GiveBack()
    {
        try
        {
            _places.Release();
        }
        catch (ObjectDisposedException)
        {
            // No place is missed.
        }
    }
}
