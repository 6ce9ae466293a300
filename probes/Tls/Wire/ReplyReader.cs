namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Makes a reply out of the bytes that come back on one connection, in whatever pieces.</summary>
internal interface IReplyReader
{
    /// <summary>Everything received.</summary>
    ReadOnlySpan<byte> Received { get; }

    /// <summary>False where the bytes so far end inside a record.</summary>
    bool IsBetweenRecords { get; }

    /// <summary>The answer is known, though more may follow it.</summary>
    bool HasAnswer { get; }

    /// <returns>True while more can still tell something.</returns>
    /// <exception cref="MalformedFlightException">Records or messages break the rules or the caps.</exception>
    bool Take(ReadOnlySpan<byte> bytes);

    /// <summary>No more bytes will come.</summary>
    /// <param name="ending">How the connection ended; the answer where nothing readable came.</param>
    HelloReply Conclude(HelloReply ending);
}

/// <summary>Reads what answers a ClientHello of SSL 3.0, TLS or TLCP.</summary>
internal sealed class TlsReply : IReplyReader
{
    private readonly FlightAssembler _assembler = new();

    public ReadOnlySpan<byte> Received => _assembler.Received;

    public bool IsBetweenRecords => _assembler.Received.IsEmpty || _assembler.Warnings.Count > 0 || _assembler.Flight is not null;

    public bool HasAnswer => _assembler.HasHello;

    public bool Take(ReadOnlySpan<byte> bytes) => _assembler.Take(bytes);

    /// <summary>A ServerHello that was read counts, however the connection ended behind it; then the first alert; then the ending.</summary>
    public HelloReply Conclude(HelloReply ending)
    {
        _assembler.End();
        if (_assembler.Foreign is { } foreign)
        {
            return foreign;
        }

        if (_assembler.Flight is { } flight && ending is not Malformed)
        {
            return new Selected(flight);
        }

        return _assembler.Alert is { } alert ? new Alerted(alert) : ending;
    }
}
