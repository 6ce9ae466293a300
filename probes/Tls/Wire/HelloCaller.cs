using System.Buffers;
using System.Net.Sockets;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Asks one question on one connection: connect, send a hello, read until the answer is clear, close. Never retries.</summary>
internal sealed class HelloCaller(ProbeContext context, Endpoint endpoint)
{
    private const int ReadBuffer = 8 * 1024;

    /// <summary>From the hello sent to the last byte wanted; a server that drips its answer more slowly counts as silent.</summary>
    public TimeSpan AnswerLimit { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>From the answer itself to the end of what follows it, which others may miss but nothing is decided by.</summary>
    private static readonly TimeSpan RestLimit = TimeSpan.FromSeconds(1.4);

    /// <exception cref="UnableException">Of kind <see cref="FailureKind.Refused"/> alone: the endpoint is out of scope.</exception>
    /// <exception cref="OperationCanceledException">The caller's token.</exception>
    public async Task<HelloExchange> AskAsync(string label, ClientHello hello, CancellationToken cancellationToken) =>
        await AskAsync(label, hello.ToRecord(), new TlsReply(), cancellationToken) with { Hello = hello };

    /// <summary>As the other, with bytes and a way to read the answer of the caller's own.</summary>
    public async Task<HelloExchange> AskAsync(string label, byte[] sent, IReplyReader reader, CancellationToken cancellationToken)
    {
        var startedAt = context.Clock.GetUtcNow();
        var clock = context.Clock.GetTimestamp();
        HelloExchange Ended(HelloReply reply, string? address) => new()
        {
            Label = label,
            Sent = address is null ? default : sent,
            Received = address is null ? default(ReadOnlyMemory<byte>) : reader.Received.ToArray(),
            RemoteAddress = address,
            StartedAt = startedAt,
            Elapsed = context.Clock.GetElapsedTime(clock),
            Reply = reply,
        };
        Connection connection;
        try
        {
            connection = await Doorway.OpenAsync(context, endpoint, cancellationToken);
        }
        catch (UnableException unable) when (unable.Kind != FailureKind.Refused)
        {
            // A limiter's reset may come before the connection is reported as open.
            var isReset = unable.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset };
            return Ended(isReset ? new Closed(Hard: true) : new Unreached(unable.Kind, unable.Message), address: null);
        }

        await using (connection)
        {
            // Waiting for a free place is not the server's doing.
            clock = context.Clock.GetTimestamp();
            var reply = await ExchangeAsync(connection.Stream, sent, reader, cancellationToken);

            // Behind STARTTLS, words of the clear protocol are how some servers say that their TLS did not take the hello.
            return Ended(endpoint.StartTls is not null && reply is Foreign ? new Closed(Hard: false) : reply, connection.RemoteAddress);
        }
    }

    /// <summary>The same on a connection that is open already and stays open.</summary>
    /// <exception cref="OperationCanceledException">The caller's token.</exception>
    public Task<HelloReply> AskOnAsync(Stream stream, ClientHello hello, CancellationToken cancellationToken) =>
        ExchangeAsync(stream, hello.ToRecord(), new TlsReply(), cancellationToken);

    private async Task<HelloReply> ExchangeAsync(Stream stream, byte[] sent, IReplyReader reader, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AnswerLimit, context.Clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        HelloReply ending;
        try
        {
            await stream.WriteAsync(sent, bounded.Token);
            ending = await ReadAsync(stream, reader, limit, bounded.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            ending = new Silent(reader.Received.Length);
        }
        catch (IOException)
        {
            ending = new Closed(Hard: true);
        }
        catch (MalformedFlightException malformed)
        {
            ending = new Malformed(malformed.Message);
        }

        return reader.Conclude(ending);
    }

    private static async Task<HelloReply> ReadAsync(Stream stream, IReplyReader reader, CancellationTokenSource limit, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ReadBuffer);
        var isAnswered = false;
        try
        {
            while (true)
            {
                var read = await stream.ReadAsync(buffer, cancellationToken);
                if (read == 0)
                {
                    return reader.IsBetweenRecords ? new Closed(Hard: false) : new Malformed("服务器在一条记录中途关闭连接");
                }

                if (!reader.Take(buffer.AsSpan(0, read)))
                {
                    return new Closed(Hard: false);
                }

                if (!isAnswered && reader.HasAnswer)
                {
                    isAnswered = true;
                    limit.CancelAfter(RestLimit);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
