using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probing;

/// <summary>Opens TCP connections to endpoints of the candidate, and only to those.</summary>
public interface IDialer
{
    /// <summary>Waits for a free place of the target's connection limit, then connects.</summary>
    /// <exception cref="UnableException">Out of scope, refused, unreachable, name unknown, or no answer within the connect timeout.</exception>
    Task<Connection> DialAsync(Endpoint endpoint, CancellationToken cancellationToken);
}

/// <summary>An open TCP connection; disposing it closes the socket hard and frees the place in the connection limit.</summary>
public sealed class Connection : IAsyncDisposable
{
    private readonly Action _release;
    private int _disposed;

    public Connection(Stream stream, string remoteAddress, Action release)
    {
        Stream = stream;
        RemoteAddress = remoteAddress;
        _release = release;
    }

    public Stream Stream { get; }

    /// <summary>The address that was reached, <c>ip:port</c>.</summary>
    public string RemoteAddress { get; }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        try
        {
            await Stream.DisposeAsync();
        }
        catch (IOException)
        {
            // The other side may already have reset; there is nothing left to close.
        }
        finally
        {
            _release();
        }
    }
}
