using System.Globalization;
using System.Xml;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>Reads <c>nmap -oX</c>, in one pass over the elements.</summary>
internal sealed class NmapXml
{
    private const int HostCap = 4096;
    private const int PortCap = 70_000;
    private const int WordCap = 200;

    private readonly List<NmapHost> _hosts = [];
    private readonly List<string> _addresses = [];
    private readonly List<string> _names = [];
    private readonly List<NmapPort> _ports = [];
    private readonly Dictionary<string, int> _others = new(StringComparer.Ordinal);
    private bool _isNmap;
    private string? _version;
    private DateTimeOffset? _started;
    private string? _tcpPorts;
    private bool _isFinished;
    private bool _isUp;
    private bool _timedOut;

    private NmapXml()
    {
    }

    /// <param name="bytes">The document.</param>
    /// <param name="stop">The probe's clock.</param>
    /// <exception cref="UnableException">It is no such document, or breaks off.</exception>
    public static NmapRun Read(byte[] bytes, CancellationToken stop)
    {
        var reading = new NmapXml();
        BoundedXml.Walk(bytes, "nmap 的结果", reading.Visit, stop);
        return reading._isNmap
            ? new NmapRun { Version = reading._version, StartedAt = reading._started, TcpPorts = reading._tcpPorts, Hosts = reading._hosts, IsFinished = reading._isFinished }
            : throw new UnableException(FailureKind.BadInput, "不是 nmap 的 XML 结果（没有 nmaprun）");
    }

    private void Visit(XmlReader reader)
    {
        if (reader.NodeType == XmlNodeType.Element)
        {
            Begin(reader);
            if (!reader.IsEmptyElement)
            {
                return;
            }
        }
        else if (reader.NodeType != XmlNodeType.EndElement)
        {
            return;
        }

        if (reader is { Name: "host", Depth: 1 })
        {
            EndHost();
        }
    }

    private void Begin(XmlReader reader)
    {
        if (reader.Depth == 0)
        {
            _isNmap = reader.Name == "nmaprun";
            _version = Word(reader, "version");
            _started = Number(reader, "start") is { } seconds && seconds < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
            return;
        }

        switch (reader.Name)
        {
            case "scaninfo" when reader.GetAttribute("protocol") == "tcp":
                _tcpPorts = reader.GetAttribute("services");
                break;
            case "host" when reader.Depth == 1:
                _timedOut = reader.GetAttribute("timedout") == "true";
                break;
            case "status":
                _isUp = reader.GetAttribute("state") == "up";
                break;
            case "address" when reader.GetAttribute("addrtype") is "ipv4" or "ipv6":
                Add(_addresses, Word(reader, "addr"));
                break;
            case "hostname":
                Add(_names, Word(reader, "name"));
                break;
            case "extraports" when Word(reader, "state") is { } state && Number(reader, "count") is { } count and >= 0 and <= 65536:
                _others[state] = _others.GetValueOrDefault(state) + (int)count;
                break;
            case "port":
                AddPort(reader);
                break;
            case "state" when _ports.Count > 0:
                _ports[^1] = _ports[^1] with { State = Word(reader, "state") ?? "" };
                break;
            case "service" when _ports.Count > 0:
                Describe(reader);
                break;
            case "finished":
                _isFinished = reader.GetAttribute("exit") is "success";
                break;
        }
    }

    private void AddPort(XmlReader reader)
    {
        if (_ports.Count >= PortCap)
        {
            throw new UnableException(FailureKind.BadInput, $"一台主机列出的端口超过 {PortCap} 个，未读");
        }

        _ports.Add(new NmapPort(Word(reader, "protocol") ?? "", Number(reader, "portid") is { } port and >= 0 and <= 65535 ? (int)port : 0, "", null, false, false, null, null));
    }

    private void Describe(XmlReader reader) => _ports[^1] = _ports[^1] with
    {
        Service = Word(reader, "name"),
        IsProbed = reader.GetAttribute("method") == "probed",
        IsTls = reader.GetAttribute("tunnel") == "ssl",
        Product = Word(reader, "product"),
        Version = Word(reader, "version"),
    };

    private void EndHost()
    {
        if (_hosts.Count >= HostCap)
        {
            throw new UnableException(FailureKind.BadInput, $"主机超过 {HostCap} 台，未读");
        }

        _hosts.Add(new NmapHost([.. _addresses], [.. _names], _isUp, _timedOut, [.. _ports], new Dictionary<string, int>(_others, StringComparer.Ordinal)));
        _addresses.Clear();
        _names.Clear();
        _ports.Clear();
        _others.Clear();
        (_isUp, _timedOut) = (false, false);
    }

    private static void Add(List<string> to, string? word)
    {
        if (word is not null && to.Count < 64)
        {
            to.Add(word);
        }
    }

    private static string? Word(XmlReader reader, string attribute) => reader.GetAttribute(attribute) is { Length: > 0 } text ? Plain.Text(text, WordCap) : null;

    private static long? Number(XmlReader reader, string attribute) =>
        long.TryParse(reader.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
