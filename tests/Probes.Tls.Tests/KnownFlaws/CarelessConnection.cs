using System.Numerics;
using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>One connection of a <see cref="CarelessServer"/>.</summary>
internal sealed class CarelessConnection(CarelessServer server, ScriptedConnection connection) : IDisposable
{
    private const ushort FallbackScsv = 0x5600;

    private readonly List<byte> _messages = [];
    private readonly byte[] _random = RandomNumberGenerator.GetBytes(32);
    private RecordChannel? _channel;
    private HeardHello? _hello;
    private ClassicKeys? _keys;
    private bool _isChangeRead;

    private RecordChannel Channel => _channel!;

    public async Task ServeAsync()
    {
        var record = await connection.ReadRecordAsync();
        if (record[1] != 3 || HeardHello.Parse(record.AsSpan(5)) is not { } hello)
        {
            await AlertAsync(0x0303, 70);
            return;
        }

        _hello = hello;
        _channel = new RecordChannel(connection.Stream, hello.Version);
        _messages.AddRange(record.AsSpan(5));
        if (Refusal(hello) is { } refusal)
        {
            await AlertAsync(hello.Version, refusal);
        }
        else if (server.DropsUnknownExtensions && hello.Has(ExtensionType.EncryptThenMac))
        {
            connection.Reset();
        }
        else if (hello.Ticket is { Length: > 0 } ticket && !server.ForgetsTickets && server.Sessions.TryGetValue(Convert.ToHexString(ticket), out var master))
        {
            await ResumeAsync(master);
        }
        else
        {
            await AgreeAsync();
        }
    }

    public void Dispose() => _channel?.Dispose();

    private byte? Refusal(HeardHello hello)
    {
        if (hello.Version is not (0x0302 or 0x0303))
        {
            return 70;
        }

        if (hello.Version == 0x0302 && server.HonoursFallback && hello.Suites.Contains(FallbackScsv))
        {
            return 86;
        }

        var speaksRfc5746 = hello.Suites.Contains(CipherSuites.RenegotiationInfoScsv) || hello.Has(ExtensionType.RenegotiationInfo);
        return !hello.Suites.Contains(CarelessServer.Suite) || (server.InsistsOnRenegotiationInfo && !speaksRfc5746) ? (byte)40 : null;
    }

    private async Task AlertAsync(ushort version, byte description)
    {
        if (server.LeavesWithoutAlert && _messages.Count > 0 && Refusal(_hello!) is null)
        {
            return;
        }

        await connection.SendAsync(WireBytes.Alert(description, version));
        await connection.LingerAsync();
    }

    private async Task ResumeAsync(byte[] master)
    {
        var name = _hello!.SessionId;
        await SayAsync(HandshakeType.ServerHello, HelloBody(server.PadsShortNames ? [.. name, .. RandomNumberGenerator.GetBytes(32 - name.Length)] : name));
        _keys = ClassicKeys.OfMaster(ClassicSuite.Find(CarelessServer.Suite)!, _hello.Version, master, _hello.Random, _random);
        await SayFinishedAsync();
        await Channel.ReadRecordAsync(connection.Stop);
        await connection.LingerAsync();
    }

    private async Task AgreeAsync()
    {
        await SayAsync(HandshakeType.ServerHello, HelloBody([]));
        var length = server.Certificate.Length;
        await SayAsync(HandshakeType.Certificate, [0, (byte)((length + 3) >> 8), (byte)(length + 3), 0, (byte)(length >> 8), (byte)length, .. server.Certificate]);
        await SayAsync(HandshakeType.ServerHelloDone, []);
        while (true)
        {
            var record = await Channel.ReadRecordAsync(connection.Stop);
            switch ((RecordType)record.Type)
            {
                case RecordType.Heartbeat:
                    await BeatAsync(record.Content);
                    break;
                case RecordType.ChangeCipherSpec:
                    if (!await ChangeAsync())
                    {
                        return;
                    }

                    break;
                case RecordType.Handshake:
                    if (!await TakeAsync(record.Content))
                    {
                        return;
                    }

                    break;
            }
        }
    }

    private byte[] HelloBody(byte[] sessionId)
    {
        byte[] extensions =
        [
            .. server.KnowsRenegotiationInfo ? new byte[] { 0xFF, 1, 0, 1, 0 } : [],
            .. server.Beats && _hello!.Has(ExtensionType.Heartbeat) ? new byte[] { 0, 15, 0, 1, 1 } : [],
            .. server.GivesTickets && _hello!.Ticket is not null ? new byte[] { 0, 35, 0, 0 } : [],
        ];
        var compression = server.Compresses && _hello!.Compressions.Contains((byte)1) ? (byte)1 : (byte)0;
        return
        [
            (byte)(_hello!.Version >> 8), (byte)_hello.Version, .. _random, (byte)sessionId.Length, .. sessionId, CarelessServer.Suite >> 8, CarelessServer.Suite & 0xFF, compression,
            .. extensions.Length == 0 ? [] : (byte[])[0, (byte)extensions.Length, .. extensions],
        ];
    }

    private async Task BeatAsync(byte[] content)
    {
        var claimed = (content[1] << 8) | content[2];
        var isHonest = content.Length >= 3 + claimed + 16;
        if (server.BeatsInSilence || (!isHonest && !server.Bleeds))
        {
            return;
        }

        byte[] echo = isHonest ? content[3..(3 + claimed)] : RandomNumberGenerator.GetBytes(claimed);
        await Channel.SendAsync(RecordType.Heartbeat, (byte[])[2, content[1], content[2], .. echo, .. new byte[16]], connection.Stop);
    }

    /// <returns>False where the connection is over.</returns>
    private async Task<bool> ChangeAsync()
    {
        if (_keys is not null)
        {
            Channel.ReadUnder(_keys.ClientWrites());
            return true;
        }

        if (server.IgnoresEarlyChange)
        {
            return true;
        }

        if (!server.TakesEarlyChange)
        {
            await AlertAsync(_hello!.Version, 10);
            return false;
        }

        await connection.ReadRecordAsync();
        await AlertAsync(_hello!.Version, 20);
        return false;
    }

    private async Task<bool> TakeAsync(byte[] content)
    {
        Channel.AddHandshake(content);
        while (Channel.TakeMessage() is { } message)
        {
            switch ((HandshakeType)message.Type)
            {
                case HandshakeType.ClientKeyExchange:
                    if (!await AgreeOnAsync(message))
                    {
                        return false;
                    }

                    break;
                case HandshakeType.Finished:
                    _messages.AddRange(message.ToBytes());
                    await SayTicketAsync();
                    await SayFinishedAsync();
                    break;
                case HandshakeType.ClientHello:
                    await RenegotiateAsync(HeardHello.Parse(message.ToBytes())!);
                    break;
            }
        }

        return true;
    }

    private async Task<bool> AgreeOnAsync(HandshakeMessage message)
    {
        _messages.AddRange(message.ToBytes());
        var block = Decrypt(message.Body.Span[2..]);
        var start = block[0] == 0 && block[1] == 2;
        var whole = start && block[^49] == 0 && block[^48] == 3;
        var isOff = server.Oracle switch
        {
            Oracle.Start => !start,
            Oracle.Whole => !whole,
            Oracle.Moody => connection.Number % 2 == 0,
            _ => false,
        };
        if (server.Oracle == Oracle.ShortFlow && !start && !await IsMoreComingAsync())
        {
            return false;
        }

        if (isOff)
        {
            await AlertAsync(_hello!.Version, 51);
            return false;
        }

        _keys = ClassicKeys.OfPremaster(ClassicSuite.Find(CarelessServer.Suite)!, _hello!.Version, whole ? block[^48..] : RandomNumberGenerator.GetBytes(48), _hello.Random, _random);
        if (await FinishedIsForgivenAsync(whole))
        {
            return true;
        }

        await AlertAsync(_hello.Version, 20);
        return false;
    }

    private async Task<bool> IsMoreComingAsync()
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(connection.Stop);
        soon.CancelAfter(500);
        try
        {
            await Channel.ReadRecordAsync(soon.Token);
            _isChangeRead = true;
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Reads what follows the key exchange itself, to look into the padding where nobody else would.</summary>
    private async Task<bool> FinishedIsForgivenAsync(bool whole)
    {
        if (!_isChangeRead)
        {
            await Channel.ReadRecordAsync(connection.Stop);
        }

        var finished = await Channel.ReadRecordAsync(connection.Stop);
        var protection = _keys!.ClientWrites();
        try
        {
            Channel.AddHandshake(protection.Open(finished.Type, finished.Content).Content);
        }
        catch (CryptographicException) when (whole && server.IgnoresPadding)
        {
            // As if only the length of the padding had been looked at.
            Channel.AddHandshake([20, 0, 0, 12, .. _keys.VerifyData(ofClient: true, [.. _messages])]);
        }
        catch (CryptographicException)
        {
            return false;
        }

        await TakeAsync([]);
        Channel.ReadUnder(protection);
        return true;
    }

    private byte[] Decrypt(ReadOnlySpan<byte> encrypted)
    {
        var key = server.Key.ExportParameters(includePrivateParameters: true);
        var number = BigInteger.ModPow(Unsigned(encrypted), Unsigned(key.D), Unsigned(key.Modulus)).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[key.Modulus!.Length - number.Length], .. number];
    }

    private async Task RenegotiateAsync(HeardHello hello)
    {
        var isSecure = hello.Has(ExtensionType.RenegotiationInfo);
        if (isSecure ? server.RenegotiatesSecurely : server.RenegotiatesInsecurely)
        {
            await SayAsync(HandshakeType.ServerHello, HelloBody([]));
            return;
        }

        await Channel.SendAsync(RecordType.Alert, new byte[] { 1, 100 }, connection.Stop);
    }

    private async Task SayTicketAsync()
    {
        if (server.GivesTickets && _hello!.Ticket is not null)
        {
            var ticket = RandomNumberGenerator.GetBytes(48);
            server.Sessions[Convert.ToHexString(ticket)] = _keys!.Master;
            await SayAsync(HandshakeType.NewSessionTicket, [0, 0, 0x1C, 0x20, 0, 48, .. ticket]);
        }
    }

    private async Task SayFinishedAsync()
    {
        await Channel.SendAsync(RecordType.ChangeCipherSpec, new byte[] { 1 }, connection.Stop);
        Channel.Writing = _keys!.ServerWrites();
        await SayAsync(HandshakeType.Finished, _keys.VerifyData(ofClient: false, [.. _messages]));
    }

    private async Task SayAsync(HandshakeType type, byte[] body)
    {
        var message = new HandshakeMessage((byte)type, body).ToBytes();
        _messages.AddRange(message);
        await Channel.SendAsync(RecordType.Handshake, message, connection.Stop);
    }

    private static BigInteger Unsigned(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}

/// <summary>A ClientHello as a server reads it.</summary>
internal sealed record HeardHello(ushort Version, byte[] Random, byte[] SessionId, IReadOnlyList<ushort> Suites, byte[] Compressions, IReadOnlyDictionary<ushort, byte[]> Extensions)
{
    public byte[]? Ticket => Extensions.GetValueOrDefault((ushort)ExtensionType.SessionTicket);

    public bool Has(ExtensionType type) => Extensions.ContainsKey((ushort)type);

    /// <param name="message">With its header.</param>
    public static HeardHello? Parse(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message[4..]);
        var version = reader.UInt16();
        var random = reader.Take(32).ToArray();
        var session = reader.Vector(1).ToArray();
        var suites = new List<ushort>();
        for (var list = new WireReader(reader.Vector(2)); !list.IsEmpty;)
        {
            suites.Add(list.UInt16());
        }

        var compressions = reader.Vector(1).ToArray();
        var extensions = new Dictionary<ushort, byte[]>();
        for (var list = new WireReader(reader.IsEmpty ? [] : reader.Vector(2)); !list.IsEmpty;)
        {
            var type = list.UInt16();
            extensions[type] = list.Vector(2).ToArray();
        }

        return message[0] == (byte)HandshakeType.ClientHello ? new HeardHello(version, random, session, suites, compressions, extensions) : null;
    }
}
