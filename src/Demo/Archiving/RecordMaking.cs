using System.Text;
using System.Xml.Linq;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>What is collected when a case is finished: metadata from the system itself, and the files of application, process and result.</summary>
internal static class RecordMaking
{
    public const string Unit = "演示区审批服务局";

    /// <param name="handled">The case.</param>
    /// <param name="serial">Of its 电子文件号 and 档号.</param>
    /// <param name="ofd">Writes its documents.</param>
    /// <param name="at">办结.</param>
    public static ArchiveRecord Of(OfficeCase handled, int serial, OfdWriting ofd, DateTimeOffset at)
    {
        var (received, finished) = (ArchiveWriting.Time(handled.ReceivedAt), ArchiveWriting.Time(at));
        var files = Files(handled, ofd, at);
        var code = FormattableString.Invariant($"DZ{finished[..4]}{serial:D8}");
        (string, string)[] fields =
        [
            ("electronic_record_code", code), ("region_code", "510600"), ("task_code", "TASK-0001"), ("information_system_dcscription", "演示政务服务系统 1.0"), ("archives_identifier", "451001"), ("archives_name", "演示区档案馆"),
            ("fonds_constituting_unit_name", Unit), ("lead_department", Unit), ("fonds_identifier", "J001"), ("social_code", CreditCode.Complete("11510600000000000")), ("retention_period", "30年"), ("security_classification", "内部"),
            ("project_id", handled.Number), ("task_name", handled.Matter), ("task_version", "1"), ("task_type", "行政许可"), ("project_name", $"{handled.Matter}（{handled.Number}）"), ("service_type", "承诺件"), ("archive_time", finished),
            ("apply_name", handled.Applicant), ("apply_type", "自然人"), ("card_type", "居民身份证"), ("contacted_card", handled.CardNumber), ("address", "演示区一号路1号"), ("is_project", "否"), ("receive_department", "演示区政务服务大厅"),
            ("receive_time", received), ("transact_time", finished), ("result", "准予许可"), ("result_code", $"演许〔{finished[..4]}〕{serial}号"), ("accept_num", $"演受〔{finished[..4]}〕{serial}号"), ("total_number", files.Count.ToString()), ("remarks", "演示数据"),
        ];
        return new ArchiveRecord(
            code,
            FormattableString.Invariant($"J001-ZW·{finished[..4]}-D30-{serial:D4}"),
            fields,
            [("1", received, "收件岗"), ("2", received, "受理岗"), ("3", finished, "审核岗"), ("4", finished, "办结岗")],
            files);
    }

    private static List<ArchiveFile> Files(OfficeCase handled, OfdWriting ofd, DateTimeOffset at) =>
    [
        new("申报文件", "申请表.ofd", "A01", "OFD", ofd.Write("申请表", [$"办件编号 {handled.Number}", $"事项 {handled.Matter}", $"申请人 {handled.Applicant}"], handled.ReceivedAt)),
        .. handled.Materials.Select((m, i) => new ArchiveFile("申报文件", FormattableString.Invariant($"材料{i + 1}_{FileName(m.Title)}.txt"), FormattableString.Invariant($"A{i + 2:D2}"), "TXT", Encoding.UTF8.GetBytes($"{m.Title}\n{m.Text}\n"), IsAttachment: true)),
        new("过程文件", "受理通知书.ofd", "B1", "OFD", ofd.Write("受理通知书", [$"办件编号 {handled.Number}", "决定受理"], handled.ReceivedAt)),
        new("结果文件", "办理结果.ofd", "C01", "OFD", ofd.Write("办理结果", [$"办件编号 {handled.Number}", $"事项 {handled.Matter}", "准予许可"], at)),
        new("结果文件", "办理结果数据.xml", "C02", "XML", ArchiveWriting.Xml(new XElement("result", new XElement("case", handled.Number), new XElement("matter", handled.Matter), new XElement("decision", "准予许可")))),
    ];

    private static string FileName(string title)
    {
        var kept = string.Concat(title.Where(c => char.IsLetterOrDigit(c) && !char.IsSurrogate(c)).Take(30));
        return kept.Length == 0 ? "无题" : kept;
    }
}
