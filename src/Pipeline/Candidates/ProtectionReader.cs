using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>
/// Reads <c>protection:</c>. Before a run the named files are read from beside candidate.yaml; when a pack is read again, from the
/// pack, which holds them under names of its own.
/// </summary>
internal sealed class ProtectionReader(string folder, CandidateReading reading, FaultList faults)
{
    public const string ObjectsFile = "objects.csv";
    public const string AnswersFile = "answers.yaml";
    public const string AttachmentFolder = "files";

    private readonly List<SuppliedFile> _files = [];
    private string? _attachments;

    public ProtectionStatements Read(MappingReader head)
    {
        if (head.Take("protection") is not { } value)
        {
            return ProtectionStatements.None;
        }

        if (value is not YamlMapping map)
        {
            faults.Add(value.At, "protection 不是“键: 值”", "映射");
            return ProtectionStatements.None;
        }

        var reader = new MappingReader(map, faults);
        var statements = new ProtectionStatements
        {
            InformationLevel = reader.Integer("informationLevel", 1, 4),
            ServiceLevel = reader.Integer("serviceLevel", 1, 4),
            Extensions = Extensions(reader),
            AreObjectsComplete = reader.Flag("objectsComplete") ?? false,
            Objects = Objects(reader),
            Answers = Answers(reader),
        };
        reader.Finish();
        return statements with { Files = _files, AttachmentsFolder = reading != CandidateReading.ForReplay ? _attachments : null };
    }

    private List<SystemExtension>? Extensions(MappingReader reader)
    {
        if (reader.Take("extensions") is not { } value)
        {
            return null;
        }

        var found = new List<SystemExtension>();
        foreach (var item in (value as YamlSequence)?.Items ?? [value])
        {
            if (item is YamlScalar { Text: var word } && ProtectionWords.Extensions.Any(e => e.Word == word))
            {
                found.Add(ProtectionWords.Extensions.First(e => e.Word == word).Value);
            }
            else
            {
                faults.Add(item.At, "extensions 不对", $"{string.Join("、", ProtectionWords.Extensions.Select(e => e.Word))} 的列表；都没有写 []", "extensions: [mobile]");
            }
        }

        return [.. found.Distinct()];
    }

    private IReadOnlyList<ProtectionObject> Objects(MappingReader reader)
    {
        if (reader.Take("objects") is YamlScalar { IsNull: false } file)
        {
            return Bytes(file, ObjectsFile) is not { } bytes ? [] : new ObjectTable(file.Text, faults).Read(bytes);
        }

        return reader.Each("objects", One);
    }

    private static ProtectionObject? One(MappingReader reader)
    {
        var id = reader.Identifier("id", required: true, "id: core-switch");
        var title = reader.Text("title", required: true, "title: 核心交换机", cap: 100);
        var kind = reader.Choice("kind", ProtectionWords.Kinds, required: true);
        var targets = reader.Texts("targets");
        return id is null || title is null || kind is null ? null : new ProtectionObject(id, title, kind.Value, targets);
    }

    private AnswerSheet? Answers(MappingReader reader)
    {
        if (reader.Take("answers") is not { } value)
        {
            return null;
        }

        if (value is not YamlScalar file)
        {
            faults.Add(value.At, "answers 不是路径", "答题文件", "answers: answers.yaml");
            return null;
        }

        if ((reading == CandidateReading.ForAsking && !Path.Exists(Path.Combine(folder, file.Text))) || Bytes(file, AnswersFile) is not { } bytes)
        {
            return null;
        }

        try
        {
            var sheet = AnswerSheetReader.Read(file.Text, bytes);
            var beside = Path.GetDirectoryName(Path.GetFullPath(Path.Combine(folder, file.Text)))!;
            _attachments = beside;
            return AnswerFile.WithAttachments(sheet, reading != CandidateReading.ForReplay
                ? (path, _) => Path.Combine(beside, path)
                : (_, hash) => Path.Combine(folder, PackLayout.Protection, AttachmentFolder, hash ?? "-"));
        }
        catch (InputFaultException broken)
        {
            faults.Add(broken);
            return null;
        }
    }

    private byte[]? Bytes(YamlScalar file, string inPack)
    {
        var path = reading != CandidateReading.ForReplay ? Path.Combine(folder, file.Text) : Path.Combine(folder, PackLayout.Protection, inPack);
        if (TrustReader.Content(path, YamlText.SizeCap, out var why) is { } bytes)
        {
            _files.Add(new SuppliedFile($"{PackLayout.Protection}/{inPack}", bytes));
            return bytes;
        }

        var howToMake = inPack == AnswersFile && reading == CandidateReading.ForRun && !Path.Exists(path) ? "；还没有就先用 securitycheck answers new candidate.yaml 写出来" : "";
        faults.Add(file.At, $"{file.Text} {why}", $"存在的文件（相对路径从 candidate.yaml 所在目录算起）{howToMake}", "answers: answers.yaml");
        return null;
    }
}
