using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Cases nobody ever handled, without a fault in them.</summary>
internal static class SampleBatch
{
    private static readonly string[] Matters = ["食品经营许可", "户外广告设置审批", "临时占用道路许可", "建筑垃圾处置核准", "取水许可"];

    /// <param name="count">Packages; their numbers follow each other from <paramref name="first"/>.</param>
    /// <param name="first">Number of the first.</param>
    /// <param name="isZipped">False for folders.</param>
    /// <param name="gbk">Names in GBK without a flag.</param>
    public static DraftBatch Of(int count, int first = 1, bool isZipped = true, bool gbk = false)
    {
        var packages = Enumerable.Range(first, count).Select(Package).ToList();
        return new DraftBatch
        {
            Packages = packages,
            Head =
            [
                ("system_code", "SAMPLE-01"), ("batch_name", "20260302"), ("send_time", "2026-03-02 10:00:00"), ("send_number", null), ("send_size", null),
                ("transactor", "移交人甲"), ("File_Number", "样移〔2026〕1号"), ("standard", "P-ZWFW 2026.1"),
            ],
            IsZipped = isZipped,
            HasGbkNames = gbk,
        };
    }

    private static DraftPackage Package(int number)
    {
        var matter = Matters[number % Matters.Length];
        var code = string.Create(CultureInfo.InvariantCulture, $"SP2026{number:D8}");
        var day = string.Create(CultureInfo.InvariantCulture, $"2026-02-{(number % 20) + 1:D2}");
        var social = CreditCode("1151060000000000" + (number % 10).ToString(CultureInfo.InvariantCulture));
        var archival = string.Create(CultureInfo.InvariantCulture, $"J001-ZW·2026-D30-{number:D4}");
        var files = Files(matter, number);
        return new DraftPackage
        {
            Name = code,
            Fields = Fields(code, matter, day, social, number, files.Count),
            Files = files,
            Steps = [("1", day + " 09:00:00", "收件员甲"), ("2", day + " 09:30:00", "受理员乙"), ("3", day + " 14:00:00", "审核员丙"), ("4", day + " 16:00:00", "经办人丁")],
            Entry =
            [
                ("fonds_identifier", "J001"), ("fonds_constituting_unit_name", "样例区审批服务局"), ("region_code", "510600"), ("social_code", social), ("category_code", "ZW"), ("year", "2026"),
                ("unique_identifier", code), ("task_code", "TASK-0001"), ("project_name", $"{matter}申请第{number}件"), ("archive_time", "2026-03-01 10:00:00"), ("size", null),
                ("digital_summary", null), ("digital_summarization_algorithm", "SM3"), ("archival_code", archival), ("title", $"关于{matter}申请第{number}件的办理材料"),
            ],
        };
    }

    private static List<(string, string)> Fields(string code, string matter, string day, string social, int number, int files) =>
    [
        ("electronic_record_code", code), ("region_code", "510600"), ("task_code", "TASK-0001"), ("information_system_dcscription", "样例政务服务平台 V3.2"), ("archives_identifier", "451001"),
        ("archives_name", "样例区档案馆"), ("fonds_constituting_unit_name", "样例区审批服务局"), ("lead_department", "样例区审批服务局"), ("fonds_identifier", "J001"), ("social_code", social),
        ("retention_period", "30年"), ("security_classification", "内部"), ("project_id", string.Create(CultureInfo.InvariantCulture, $"BJ{number:D10}")), ("task_name", matter), ("task_version", "1"),
        ("task_type", "行政许可"), ("project_name", $"{matter}申请第{number}件"), ("service_type", "承诺件"), ("archive_time", "2026-03-01 10:00:00"), ("apply_name", $"样例商行{number}"), ("apply_type", "法人"),
        ("card_type", "统一社会信用代码"), ("contacted_card", social), ("address", "样例区一号路1号"), ("legal_man", "样例人甲"), ("legal_man_id_type", "其他"), ("legal_man_id_number", "SAMPLE0001"),
        ("is_project", "否"), ("receive_department", "样例区政务服务大厅"), ("receive_time", day + " 09:00:00"), ("transact_time", day + " 16:00:00"), ("result", "准予许可"),
        ("result_code", string.Create(CultureInfo.InvariantCulture, $"样许〔2026〕{number}号")), ("accept_num", string.Create(CultureInfo.InvariantCulture, $"样受〔2026〕{number}号")), ("total_number", files.ToString(CultureInfo.InvariantCulture)), ("remarks", "样例数据"),
    ];

    private static List<DraftFile> Files(string matter, int number) =>
    [
        new() { Folder = "申报文件", Name = "申请表.pdf", Code = "A01", Format = "PDF", Bytes = SampleContents.Pdf($"{matter} {number}") },
        new() { Folder = "申报文件", Name = "营业场所证明.ofd", Code = "A02", Format = "OFD", Bytes = SampleContents.Ofd($"{matter} {number}"), IsAttachment = true },
        new() { Folder = "过程文件", Name = "受理通知书.ofd", Code = "B1", Format = "OFD", Bytes = SampleContents.Ofd($"{matter} 受理 {number}") },
        new() { Folder = "结果文件", Name = "许可决定书.ofd", Code = "C01", Format = "OFD", Bytes = SampleContents.Ofd($"{matter} 决定 {number}", 2) },
    ];

    private static string CreditCode(string body) => body + ValueForms.CreditCheck(body);
}
