using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>Fetches what <c>env:NAME</c> or <c>file:PATH</c> names. A value in clear is a fault, and is not repeated in the message.</summary>
internal sealed class SecretReader(string folder, CandidateReading reading, FaultList faults)
{
    private const string Expected = "env:环境变量名 或 file:文件路径（不得写明文）";
    private const int FileCap = 64 * 1024;

    /// <param name="severalLines">A file may give one value on each line (the passwords of several test accounts); a header value must never hold a line break.</param>
    public Secret? Read(MappingReader reader, string key, bool severalLines = false)
    {
        var example = $"{key}: env:PORTAL_AUTHORIZATION";
        if (reader.Take(key, example: example) is not { } value)
        {
            return null;
        }

        switch (value)
        {
            case YamlScalar { Text: var text } when text.StartsWith("env:", StringComparison.Ordinal):
                return reading == CandidateReading.ForReplay ? null : FromEnvironment(text, value.At, example);
            case YamlScalar { Text: var text } when text.StartsWith("file:", StringComparison.Ordinal):
                return reading == CandidateReading.ForReplay ? null : FromFile(text, value.At, example, severalLines);
            default:
                faults.Add(value.At, $"{key} 里写了明文", Expected, example);
                return null;
        }
    }

    private Secret? FromEnvironment(string origin, SourcePosition at, string example)
    {
        var value = Environment.GetEnvironmentVariable(origin[4..]);
        if (string.IsNullOrEmpty(value))
        {
            faults.Add(at, $"没有设置环境变量 {origin[4..]}", "运行前设置好的环境变量", example);
            return null;
        }

        return Accept(value, origin, at);
    }

    private Secret? FromFile(string origin, SourcePosition at, string example, bool severalLines)
    {
        try
        {
            var bytes = RegularFile.Read(Path.Combine(folder, origin[5..]), FileCap);
            if (bytes.Length is 0 or > FileCap)
            {
                faults.Add(at, $"{origin} 的长度不对", $"1–{FileCap} 字节", example);
                return null;
            }

            using var text = new StreamReader(new MemoryStream(bytes));
            return Accept(text.ReadToEnd().TrimEnd('\r', '\n'), origin, at, severalLines);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            faults.Add(at, $"读不了 {origin}", "可以读取的文件", example);
            return null;
        }
    }

    private Secret? Accept(string value, string origin, SourcePosition at, bool severalLines = false)
    {
        var lines = severalLines ? value.ReplaceLineEndings("\n").Split('\n') : [value];
        if (Array.Exists(lines, l => l.Length < Probing.Redactor.ShortestSecret || l.Any(char.IsControl)))
        {
            faults.Add(at, $"{origin} 的内容不能用", $"{(severalLines ? "每行" : "")}至少 {Probing.Redactor.ShortestSecret} 个字符的{(severalLines ? "" : "一行")}文字（太短就无法在证据里遮盖）");
            return null;
        }

        return new Secret(string.Join('\n', lines), origin);
    }
}
