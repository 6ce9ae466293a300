namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

public sealed class FlightAssemblerTests
{
    public static TheoryData<string> Names => [.. CapturedFlight.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_captured_flight_reads_the_same_in_any_pieces(string name)
    {
        var captured = CapturedFlight.Load(name);
        foreach (var size in (int[])[1, 7, 64, 16384])
        {
            foreach (var step in (int[])[1, 13, int.MaxValue])
            {
                var flight = Feed(captured.Refragmented(size), step).Flight!;

                Assert.True(flight.IsWhole);
                Assert.Equal(Convert.ToUInt16(captured.Suite, 16), flight.Hello.Suite);
                var certificates = flight.Certificates()?.Select(c => Convert.ToHexStringLower(c.Span)).ToList();
                Assert.Equal(captured.Certificates, certificates);
            }
        }
    }

    [Theory]
    [InlineData("tls13-sm-only.00C6.tongsuo", 0x0304)]
    [InlineData("tlcp-tongsuo-ecc.E013.gotlcp", 0x0101)]
    public void The_selected_version_is_read_from_the_server_hello(string name, int version) =>
        Assert.Equal(version, Feed(CapturedFlight.Load(name).Bytes(), int.MaxValue).Flight!.Hello.Version);

    [Fact]
    public void A_warning_before_the_server_hello_does_not_end_the_flight()
    {
        var warning = WireBytes.Record(21, 0x0303, [1, 112]);
        var assembler = Feed([.. warning, .. WireBytes.ServerHello(0x0303, 0xC02F), .. WireBytes.Record(22, 0x0303, [14, 0, 0, 0])], 1);

        Assert.True(assembler.Flight!.IsWhole);
        Assert.Equal("unrecognized_name", Assert.Single(assembler.Warnings).Name);
    }

    [Fact]
    public void A_fatal_alert_in_two_records_is_one_alert()
    {
        var assembler = Feed([.. WireBytes.Record(21, 0x0301, [2]), .. WireBytes.Record(21, 0x0301, [70])], 3);

        Assert.Equal("protocol_version", assembler.Alert!.Value.Name);
    }

    public static TheoryData<string, byte[]> Broken => new()
    {
        { "记录超长", [22, 3, 3, 0x48, 0x01] },
        { "空的握手记录", WireBytes.Record(22, 0x0303, []) },
        { "加密数据先到", WireBytes.Record(23, 0x0303, [1, 2, 3]) },
        { "第二条记录不是 TLS", [.. WireBytes.Record(22, 0x0303, [2, 0, 0, 70]), .. "garbage"u8] },
        { "不是 ServerHello", WireBytes.Record(22, 0x0303, [11, 0, 0, 3, 0, 0, 0]) },
        { "消息太长", WireBytes.Record(22, 0x0303, [2, 0xFF, 0xFF, 0xFF]) },
        { "ServerHello 太短", WireBytes.Record(22, 0x0303, [2, 0, 0, 2, 3, 3]) },
        { "两条 ServerHello", [.. WireBytes.ServerHello(0x0303, 1), .. WireBytes.ServerHello(0x0303, 1)] },
        { "警告没完没了", [.. Enumerable.Range(0, 20).SelectMany(_ => WireBytes.Record(21, 0x0303, [1, 112]))] },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Broken_bytes_are_named_as_such(string what, byte[] bytes)
    {
        var malformed = Assert.Throws<MalformedFlightException>(() => Feed(bytes, int.MaxValue));
        Assert.True(malformed.Message.Length > 4, what);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n", "PlainHttp")]
    [InlineData("<html><head>", "PlainHttp")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "Ssh")]
    [InlineData("220 mail.gov.cn ESMTP", "TextGreeting")]
    [InlineData("J\0\0\0\n8.0.33", "Unrecognised")]
    [InlineData("SS", "Ssh")]
    public void Other_protocols_are_recognised(string first, string protocol)
    {
        var assembler = Feed(System.Text.Encoding.Latin1.GetBytes(first), 1);
        assembler.End();

        Assert.Equal(protocol, assembler.Foreign!.Protocol.ToString());
    }

    [Fact]
    public void An_endless_flight_is_given_up_at_the_cap()
    {
        var record = WireBytes.Record(22, 0x0303, new byte[16384]);
        var stream = Enumerable.Repeat(record, 40).SelectMany(r => r).ToArray();
        stream[5] = 2;
        stream[6] = 3;

        var assembler = new FlightAssembler();
        Assert.Throws<MalformedFlightException>(() => assembler.Take(stream));
        Assert.True(assembler.Received.Length <= FlightLimits.MaxBytes);
    }

    internal static FlightAssembler Feed(byte[] bytes, int step)
    {
        var assembler = new FlightAssembler();
        for (var at = 0; at < bytes.Length; at += Math.Min(step, bytes.Length - at))
        {
            if (!assembler.Take(bytes.AsSpan(at, Math.Min(step, bytes.Length - at))))
            {
                break;
            }
        }

        return assembler;
    }
}
