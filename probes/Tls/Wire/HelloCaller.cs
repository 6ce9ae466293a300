using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Asks one question on one connection: connect, send a ClientHello, read until the answer is clear, close. Never retries.</summary>
internal sealed class HelloCaller(ProbeContext context, Endpoint endpoint)
{
    private const int ReadBuffer = 16 * 1024;

    /// <summary>From the hello sent to the last byte wanted; a server that drips its answer more slowly counts as silent.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(4);

    /// <exception cref="UnableException">Of kind <see cref="FailureKind.Refused"/> alone: the endpoint is out of scope.</exception>
    /// <exception cref="OperationCanceledException">The caller's token.</exception>
    public async Task<HelloExchange> AskAsync(string label, ClientHello hello, CancellationToken cancellationToken)
    {
        var record = hello.ToRecord();
        var startedAt = context.Clock.GetUtcNow();
        Connection connection;
        try
        {
            connection = await Doorway.OpenAsync(context, endpoint, cancellationToken);
        }
        catch (UnableException unable) when (unable.Kind != FailureKind.Refused)
        {
            return new HelloExchange
            {
                Label = label,
                Sent = default,
                Received = default,
                RemoteAddress = null,
                StartedAt = startedAt,
                Elapsed = context.Clock.GetUtcNow() - startedAt,
                Reply = new Unreached(unable.Kind, unable.Message),
            };
        }

        await using (connection)
        {
            var clock = context.Clock.GetTimestamp();
            var assembler = new FlightAssembler();
            var reply = await ExchangeAsync(connection.Stream, record, assembler, cancellationToken);
            return new HelloExchange
            {
                Label = label,
                Sent = record,
                Received = assembler.Received.ToArray(),
                RemoteAddress = connection.RemoteAddress,
                StartedAt = startedAt,
                Elapsed = context.Clock.GetElapsedTime(clock),
                Reply = reply,
            };
        }
    }

    /// <summary>The same on a connection that is open already and stays open.</summary>
    /// <exception cref="OperationCanceledException">The caller's token.</exception>
    public Task<HelloReply> AskOnAsync(Stream stream, ClientHello hello, CancellationToken cancellationToken) =>
        ExchangeAsync(stream, hello.ToRecord(), new FlightAssembler(), cancellationToken);

    private async Task<HelloReply> ExchangeAsync(Stream stream, byte[] record, FlightAssembler assembler, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AnswerLimit, context.Clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        HelloReply ending;
        try
        {
            await stream.WriteAsync(record, bounded.Token);
            ending = await ReadAsync(stream, assembler, bounded.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            ending = new Silent(assembler.Received.Length);
        }
        catch (IOException)
        {
            ending = new Closed(Hard: true);
        }
        catch (MalformedFlightException malformed)
        {
            ending = new Malformed(malformed.Message);
        }

        assembler.End();
        return Conclude(assembler, ending);
    }

    /// <summary>A ServerHello that was read counts, however the connection ended behind it; then the first alert; then the ending.</summary>
    private static HelloReply Conclude(FlightAssembler assembler, HelloReply ending)
    {
        if (assembler.Foreign is { } foreign)
        {
            return foreign;
        }

        if (assembler.Flight is { } flight && ending is not Malformed)
        {
            return new Selected(flight);
        }

        return assembler.Alert is { } alert ? new Alerted(alert) : ending;
    }

    private static async Task<HelloReply> ReadAsync(Stream stream, FlightAssembler assembler, CancellationToken cancellationToken)
    {
        var buffer = new byte[ReadBuffer];
        while (true)
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                return assembler.Received.IsEmpty || assembler.Warnings.Count > 0 || assembler.Flight is not null
                    ? new Closed(Hard: false)
                    : new Malformed("服务器在一条记录中途关闭连接");
            }

            if (!assembler.Take(buffer.AsSpan(0, read)))
            {
                return new Closed(Hard: false);
            }
        }
    }
}
