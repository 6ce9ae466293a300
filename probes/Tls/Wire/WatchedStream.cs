namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// A connection whose silences are charged to its port. A read that would outlast what is left of the port's <see cref="Forbearance"/> is
/// cancelled, which every reader here knows as an answer that did not come in time.
/// </summary>
internal sealed class WatchedStream(Stream inner, Forbearance forbearance, TimeProvider clock) : Stream
{
    private long _owedSince = clock.GetTimestamp();
    private bool _isAnswered;
    private bool _mayBeSilent;

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_mayBeSilent)
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }

        var left = forbearance.Left;
        using var limit = new CancellationTokenSource(left > Forbearance.Prompt ? left : Forbearance.Prompt, clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var wait = forbearance.Begin(_owedSince);
        try
        {
            var read = await inner.ReadAsync(buffer, bounded.Token);
            _isAnswered |= read > 0;
            return read;
        }
        finally
        {
            wait.End(_isAnswered);
        }
    }

    /// <summary>From here on silence is an answer: nothing more is charged.</summary>
    public void AcceptSilence() => _mayBeSilent = true;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _owedSince = clock.GetTimestamp();
        return inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }
}
