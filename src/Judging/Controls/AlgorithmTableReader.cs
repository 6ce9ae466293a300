using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads the table of algorithms and protocols.</summary>
public sealed class AlgorithmTableReader(FaultList faults)
{
    private static readonly (string, AlgorithmStatus)[] Statuses =
    [
        ("approved", AlgorithmStatus.Approved), ("not-approved", AlgorithmStatus.NotApproved),
        ("broken", AlgorithmStatus.Broken), ("for-assessor", AlgorithmStatus.ForAssessor),
    ];

    /// <returns>Null where the file has faults.</returns>
    public AlgorithmTable? Read(string shownAs, byte[] bytes)
    {
        var before = faults.Faults.Count;
        if (MappingReader.Open(shownAs, bytes, faults) is not { } head)
        {
            return null;
        }

        var file = RuleDataReader.Head(head, "table", shownAs, bytes);
        var algorithms = head.Each("algorithms", Algorithm, required: true);
        var protocols = head.Each("protocols", Protocol, required: true);
        head.Finish();
        RuleDataReader.RefuseDoubles(head, algorithms.Select(a => a.Name).Concat(protocols.Select(p => p.Name)), "名称");
        return faults.Faults.Count > before ? null : new AlgorithmTable { File = file!, Algorithms = algorithms, Protocols = protocols };
    }

    private static AlgorithmEntry? Algorithm(MappingReader reader)
    {
        var name = reader.Text("name", required: true, "name: SM2", cap: 60);
        var kind = reader.Text("kind", required: true, "kind: 公钥", cap: 20);
        var status = reader.Choice("status", Statuses, required: true);
        var bits = Bits(reader);
        var oids = Oids(reader);
        var isHighRisk = reader.Flag("highRisk") ?? false;
        var note = reader.Text("note", cap: 300);
        return name is null || kind is null || status is null ? null : new AlgorithmEntry
        {
            Name = name,
            Kind = kind,
            Status = status.Value,
            Bits = bits,
            Oids = oids,
            IsHighRisk = isHighRisk,
            Note = note,
        };
    }

    private static List<KeyValuePair<string, int>> Bits(MappingReader reader)
    {
        var found = new List<KeyValuePair<string, int>>();
        foreach (var (key, value) in RuleDataReader.Entries(reader, "bits"))
        {
            if (value is YamlScalar { Text: var text } && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 1024)
            {
                found.Add(new(key.Text, number));
            }
            else
            {
                reader.Faults.Add(value.At, $"{key.Text} 的位数不对", "0 到 1024 的整数");
            }
        }

        return found;
    }

    private static List<KeyValuePair<string, string>> Oids(MappingReader reader)
    {
        var found = new List<KeyValuePair<string, string>>();
        foreach (var (key, value) in RuleDataReader.Entries(reader, "oids"))
        {
            if (value is YamlScalar { Text: { Length: > 2 and <= 64 } text } && text.All(c => char.IsAsciiDigit(c) || c == '.') && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[^1]))
            {
                found.Add(new(key.Text, text));
            }
            else
            {
                reader.Faults.Add(value.At, $"{key.Text} 不是对象标识符", "数字与点", $"{key.Text}: 1.2.156.10197.1.301");
            }
        }

        return found;
    }

    private static ProtocolEntry? Protocol(MappingReader reader)
    {
        var name = reader.Text("name", required: true, "name: TLCP 1.1", cap: 60);
        var status = reader.Choice("status", Statuses, required: true);
        var standard = reader.Text("standard", cap: 60);
        var isHighRisk = reader.Flag("highRisk") ?? false;
        var note = reader.Text("note", cap: 300);
        return name is null || status is null ? null : new ProtocolEntry(name, status.Value, standard, isHighRisk, note);
    }
}
