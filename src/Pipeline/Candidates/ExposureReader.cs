using System.Globalization;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>Reads one entry of <c>exposure:</c>: a machine whose ports are looked at.</summary>
public sealed class ExposureReader(FaultList faults)
{
    private const int LastPort = 65535;
    private const string Expected = "端口 1–65535，或 起-止";

    public static IReadOnlyList<(string Word, ScanTool Value)> Tools { get; } = [("auto", ScanTool.Auto), ("nmap", ScanTool.Nmap), ("connect", ScanTool.Connect)];

    /// <summary>A machine named on a command line, by the same rules.</summary>
    /// <exception cref="InputFaultException">Any mistake.</exception>
    public static ExposedHost Named(string address, int number, (string? Declared, string? Scan, ScanTool Tool) said)
    {
        var faults = new FaultList();
        var place = new SourcePosition("命令行", 1, 1);
        var host = Host(address);
        if (host is null)
        {
            faults.Add(place, $"{address} 不是一台主机", "主机名或 IP，不带端口；网段与范围不接受", "10.0.0.5");
        }

        var exposed = new ExposedHost
        {
            Id = $"host-{number}",
            Title = address,
            Address = host ?? "?",
            DeclaredPorts = Listed(said.Declared),
            Ports = Listed(said.Scan),
            Tool = said.Tool,
        };
        faults.ThrowIfAny();
        return exposed;

        IReadOnlyList<int>? Listed(string? text)
        {
            if (text is null)
            {
                return null;
            }

            var ports = new SortedSet<int>();
            foreach (var part in text.Split([',', '，', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(p => !AddTo(ports, p)))
            {
                faults.Add(place, $"端口 {part} 不对", Expected, "22,443,8000-8010");
            }

            return [.. ports];
        }
    }

    public ExposedHost? Exposure(MappingReader reader)
    {
        var id = reader.Identifier("id", required: true, "id: app-ports");
        var at = reader.PlaceOf("address");
        var text = reader.Text("address", required: true, "address: 10.0.0.5", cap: 253);
        var address = text is null ? null : Host(text);
        if (text is not null && address is null)
        {
            faults.Add(at, "address 不是一台主机", "主机名或 IP，不带端口；网段与范围不接受", "address: 10.0.0.5");
        }

        var exposed = new ExposedHost
        {
            Id = id ?? "?",
            Title = reader.Text("title", cap: 100),
            Address = address ?? "?",
            HostId = reader.Identifier("host", required: false, "host: app-server"),
            DeclaredPorts = Ports(reader, "ports", mayBeEmpty: true),
            Ports = Ports(reader, "scan", mayBeEmpty: false),
            Tool = reader.Choice("tool", Tools) ?? ScanTool.Auto,
        };
        return id is null || address is null ? null : exposed;
    }

    private static string? Host(string text) =>
        text.AsSpan().IndexOfAny("/?#,*") < 0 && EndpointAddress.TryParse(text.Contains(':', StringComparison.Ordinal) && !text.StartsWith('[') ? $"[{text}]" : text, out _) is { } address && address.Scheme is null && !text.EndsWith(']') == !text.StartsWith('[')
            ? address.Host
            : null;

    private IReadOnlyList<int>? Ports(MappingReader reader, string key, bool mayBeEmpty)
    {
        if (reader.Peek(key) is null or YamlScalar { IsNull: true })
        {
            reader.Take(key);
            return null;
        }

        var found = new SortedSet<int>();
        foreach (var item in reader.Items(key, required: !mayBeEmpty, $"{key}: [22, 443, 8000-8010]"))
        {
            if (item is not YamlScalar { IsNull: false, Text: var text } || !AddTo(found, text))
            {
                faults.Add(item.At, $"{key} 的这一项不对", Expected, $"{key}: [22, 443, 8000-8010]");
            }
        }

        return [.. found];
    }

    private static bool AddTo(SortedSet<int> ports, string text)
    {
        var ends = text.Split('-', 2, StringSplitOptions.TrimEntries);
        if (!TryPort(ends[0], out var from) || !TryPort(ends[^1], out var to) || from > to)
        {
            return false;
        }

        ports.UnionWith(Enumerable.Range(from, to - from + 1));
        return true;
    }

    private static bool TryPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= LastPort;
}
