using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Workbench;

/// <summary>What a browser sent, within bounds.</summary>
internal sealed record PostedForm(IFormCollection Form)
{
    /// <summary>Most bytes of one request: an attachment of the largest size and the form around it.</summary>
    public const long BodyCap = StatementReading.AttachmentCap + (1024 * 1024);

    private const int MostFields = 400;
    private const int LongestName = 120;

    /// <exception cref="InvalidDataException">No form, or over a bound.</exception>
    /// <exception cref="BadHttpRequestException">Over the size of a request.</exception>
    public static async Task<PostedForm> ReadAsync(HttpRequest request)
    {
        if (!request.HasFormContentType)
        {
            throw new InvalidDataException("不是表单");
        }

        var options = new FormOptions { ValueCountLimit = MostFields, KeyLengthLimit = 200, ValueLengthLimit = 64 * 1024, MultipartBodyLengthLimit = BodyCap, BufferBodyLengthLimit = BodyCap };
        return new PostedForm(await request.ReadFormAsync(options, request.HttpContext.RequestAborted));
    }

    public string Text(string name) => Form[name].ToString().ReplaceLineEndings("\n").Trim();

    /// <summary>Of boxes that were ticked.</summary>
    public IReadOnlyList<string> Values(string name) => [.. Form[name].OfType<string>().Distinct(StringComparer.Ordinal)];

    public int Version => int.TryParse(Text("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;

    public bool IsWithdrawal => Text("act") == "withdraw";

    public DateOnly? Day(string name) => DateOnly.TryParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Attachments that were handed in; their names without folders and hidden characters.</summary>
    /// <exception cref="InvalidDataException">One is blank or too large.</exception>
    public async Task<IReadOnlyList<(string Name, byte[] Bytes)>> FilesAsync()
    {
        var files = new List<(string, byte[])>();
        foreach (var file in Form.Files.Where(f => f.Length > 0 || f.FileName.Length > 0))
        {
            if (file.Length is 0 or > StatementReading.AttachmentCap)
            {
                throw new InvalidDataException($"附件 {NameOf(file.FileName)} 是空的，或超过 {StatementReading.AttachmentCap / 1024 / 1024} MiB");
            }

            using var buffer = new MemoryStream();
            await file.CopyToAsync(buffer);
            files.Add((NameOf(file.FileName), buffer.ToArray()));
        }

        return files;
    }

    /// <exception cref="InvalidDataException">A field is missing.</exception>
    public StatementWords ToWords(StatementItem item) => item.Kind switch
    {
        StatementKind.Waiver => new() { Waiver = ToWaiver(item) },
        StatementKind.ItemAnswer => new() { Answer = ToAnswer(item) },
        StatementKind.CaseAnswer => new() { Case = ToCase(item) },
        _ => new() { Attestation = ToAttestation(item) },
    };

    private Attestation ToAttestation(StatementItem item) => new()
    {
        Id = item.Id,
        RequirementId = item.RequirementId,
        TargetId = item.TargetId,
        Verdict = Chosen<Verdict>("verdict"),
        By = Text("by"),
        Organisation = Text("organisation"),
        On = SaidOn,
        Statement = Words("statement"),
        EvidenceIds = Values("evidence"),
    };

    private ItemAnswer ToAnswer(StatementItem item) => new()
    {
        Item = item.RequirementId,
        Object = item.TargetId,
        Verdict = Chosen<Verdict>("verdict"),
        By = Text("by"),
        Organisation = Text("organisation"),
        On = SaidOn,
        Statement = Words("statement"),
        Documents = Values("documents"),
    };

    private CaseAnswer ToCase(StatementItem item) => new()
    {
        Cases = [item.RequirementId],
        Claim = Chosen<HighRiskClaim>("claim"),
        Mitigation = Words("mitigation"),
        By = Text("by"),
        Organisation = Text("organisation"),
        On = SaidOn,
        Statement = Words("statement"),
        Documents = Values("documents"),
    };

    private DateOnly SaidOn => Day("on") ?? throw new InvalidDataException("没有填确认日期");

    private string? Words(string name) => Text(name) is { Length: > 0 } said ? said : null;

    private T Chosen<T>(string name)
        where T : struct, Enum => Enum.TryParse<T>(Text(name), ignoreCase: true, out var chosen) && Enum.IsDefined(chosen) ? chosen : throw new InvalidDataException("没有选结论");

    private Waiver ToWaiver(StatementItem item) => new()
    {
        Id = item.Id,
        RequirementId = item.RequirementId,
        TargetId = item.TargetId,
        Justification = Text("justification"),
        ApprovedBy = Text("approvedBy"),
        ExpiresOn = Day("expiresOn") ?? throw new InvalidDataException("没有填到期日"),
    };

    /// <summary>Attachments that were left ticked.</summary>
    /// <param name="known">Those of any version of the item: one that somebody else dropped meanwhile can be kept all the same.</param>
    public IReadOnlyList<StatementFile> Kept(IReadOnlyList<StatementFile> known) => [.. known.Where(f => Values("keep").Contains(f.Sha256, StringComparer.Ordinal))];

    private static string NameOf(string given)
    {
        var name = new string([.. given[(given.LastIndexOfAny(['/', '\\']) + 1)..].Where(c => !char.IsControl(c))]).Trim();
        return name.Length == 0 ? "附件" : name.Length > LongestName ? name[^LongestName..] : name;
    }
}
