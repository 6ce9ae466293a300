using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>The targets of <c>probe</c>: from the command line and from a file, duplicates merged.</summary>
internal sealed class TargetList(string? serverName, StartTlsProtocol? startTls)
{
    private const int SizeCap = 1024 * 1024;
    private const int TargetCap = 4096;
    private const int ShownFaults = 20;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly char[] Separators = [',', '，', '、', ';', '；'];

    private readonly List<Endpoint> _endpoints = [];
    private readonly List<string> _faults = [];

    /// <summary>Targets named more than once.</summary>
    public int Doubles { get; private set; }

    /// <param name="text">One target, or several with commas between them.</param>
    public void Add(string text) => Split(text).ForEach(part => Add(part, place: "", serverName, startTls));

    /// <summary>
    /// A line a target, or several with commas; <c>sni=NAME</c> and <c>starttls=PROTOCOL</c> behind it are for that line; # begins a comment.
    /// </summary>
    /// <exception cref="BadRequestException">The file cannot be read.</exception>
    public void AddFile(string path)
    {
        var lines = Text(path).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            AddLine(lines[i], $"{path}({i + 1},1) ");
        }
    }

    /// <exception cref="BadRequestException">No target, or one that is not an address.</exception>
    public IReadOnlyList<Endpoint> Finish()
    {
        if (_faults.Count > 0)
        {
            var more = _faults.Count > ShownFaults ? $"\n……共 {_faults.Count} 处" : "";
            throw new BadRequestException(string.Join('\n', _faults.Take(ShownFaults)) + more);
        }

        return _endpoints.Count > 0 ? _endpoints : throw new BadRequestException("没有给出目标");
    }

    private void AddLine(string line, string place)
    {
        var words = line.Split('#')[0].Split([' ', '\t', '\r', '\u3000'], StringSplitOptions.RemoveEmptyEntries);
        var (name, protocol) = (serverName, startTls);
        foreach (var word in words.Where(w => w.Contains('=', StringComparison.Ordinal) && !w.Contains('/', StringComparison.Ordinal)))
        {
            var (key, value) = (word[..word.IndexOf('=', StringComparison.Ordinal)].ToLowerInvariant(), word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            switch (key)
            {
                case "sni":
                    name = value;
                    break;
                case "starttls" when StartTlsNames.All.Any(p => p.Word() == value):
                    protocol = StartTlsNames.All.First(p => p.Word() == value);
                    break;
                default:
                    _faults.Add($"{place}{word} 不对，应为 sni=名称 或 starttls={string.Join('|', StartTlsNames.All.Select(p => p.Word()))}");
                    break;
            }
        }

        var rest = string.Join(' ', words.Where(w => !w.Contains('=', StringComparison.Ordinal) || w.Contains('/', StringComparison.Ordinal)));
        foreach (var target in Split(rest))
        {
            if (target.Contains(' ', StringComparison.Ordinal))
            {
                // A word behind the address is a remark of whoever wrote the list, and no host to be contacted.
                _faults.Add($"{place}{target} 有多个词；一行写一个目标，几个目标之间用逗号，说明写在 # 后面");
                continue;
            }

            Add(target, place, name, protocol);
        }
    }

    private void Add(string text, string place, string? name, StartTlsProtocol? protocol)
    {
        if (text.StartsWith("--", StringComparison.Ordinal))
        {
            _faults.Add($"{place}没有选项 {text}");
            return;
        }

        if (EndpointAddress.TryParse(text, out var why, protocol?.StandardPort()) is not { } address)
        {
            _faults.Add($"{place}目标 {(text.Contains('@', StringComparison.Ordinal) ? "" : $"{text} ")}{why}；应为{EndpointAddress.Expected}，例如 {EndpointAddress.Example}");
            return;
        }

        if (protocol is not null && address.IsWebUrl)
        {
            _faults.Add($"{place}目标 {text} 是网址，不能同时用 starttls");
            return;
        }

        var endpoint = new Endpoint
        {
            Id = FreeId(address),
            Title = text,
            Host = address.Host,
            Port = address.Port,
            Protocol = protocol is null ? address.Protocol : EndpointProtocol.Tls,
            StartTls = protocol,
            Path = address.Path,
            ServerName = name,
        };
        if (_endpoints.Exists(e => IsSame(e, endpoint)))
        {
            Doubles++;
        }
        else if (_endpoints.Count == TargetCap)
        {
            throw new BadRequestException($"目标超过 {TargetCap} 个，请分批");
        }
        else
        {
            _endpoints.Add(endpoint);
        }
    }

    private static bool IsSame(Endpoint one, Endpoint other) =>
        one with { Id = "", Title = null, Host = one.Host.ToLowerInvariant().TrimEnd('.') } == other with { Id = "", Title = null, Host = other.Host.ToLowerInvariant().TrimEnd('.') };

    /// <summary>Readable, and different for different targets: several names may lie behind one address, and [a_b] and [a-b] look the same.</summary>
    private string FreeId(EndpointAddress address)
    {
        var plain = new string([.. $"{address.Host}-{address.Port}".Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? char.ToLowerInvariant(c) : '-')]);
        var id = plain;
        for (var i = 2; _endpoints.Exists(e => e.Id == id); i++)
        {
            id = $"{plain}-{i}";
        }

        return id;
    }

    private static List<string> Split(string text) => [.. text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>UTF-8 or UTF-16 by their marks, UTF-8, or else GBK: lists come out of spreadsheets.</summary>
    private static string Text(string path)
    {
        byte[] bytes;
        try
        {
            bytes = RegularFile.Read(path, SizeCap);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadRequestException($"目标文件 {path} 读不了：{unreadable.Message}");
        }

        if (bytes.Length > SizeCap)
        {
            throw new BadRequestException($"目标文件 {path} 超过 {SizeCap / 1024} KiB");
        }

        return Decode(bytes);
    }

    private static string Decode(byte[] bytes)
    {
        switch (bytes)
        {
            case [0xEF, 0xBB, 0xBF, ..]:
                return Encoding.UTF8.GetString(bytes.AsSpan(3));
            case [0xFF, 0xFE, ..]:
                return Encoding.Unicode.GetString(bytes.AsSpan(2));
            case [0xFE, 0xFF, ..]:
                return Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2));
        }

        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetString(bytes);
        }
    }
}
