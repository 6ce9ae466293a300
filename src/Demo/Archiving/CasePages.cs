using Microsoft.AspNetCore.Http;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>归档管理, 待归档 and what is done with one case.</summary>
internal sealed class CasePages(ArchiveDesk desk, PackageSending sending)
{
    private const int MostText = 4000;

    public IResult Cases(HttpContext http, DemoAccount account) => ArchiveHtml.Page(
        "归档管理",
        $"""
        {ArchiveHtml.Status(http.Request.Query["said"].ToString())}
        <section aria-labelledby="new-case"><h2 id="new-case">新建办件</h2><form method="post" action="/archive/cases">
        {ArchiveHtml.Field("事项", "matter")}{ArchiveHtml.Field("申请人", "applicant")}<p><label>材料 <textarea name="materials" rows="4"></textarea></label></p><button>提交</button></form></section>
        {ArchiveHtml.Table("办件", ["办件编号", "事项", "申请人", "状态", "操作"], desk.Cases.Reverse().Select(Row))}
        """,
        account);

    public async Task<IResult> CreateAsync(HttpContext http, DemoAccount account)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (matter, applicant, materials) = (form["matter"].ToString().Trim(), form["applicant"].ToString().Trim(), form["materials"].ToString());
        if (matter.Length is 0 or > 200 || applicant.Length is 0 or > 100 || materials.Length > MostText || (matter + applicant + materials).Any(c => char.IsControl(c) && c is not ('\r' or '\n')))
        {
            return Said("cases", "没有提交：事项、申请人要填写，不能过长");
        }

        var listed = materials.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(['：', ':'], 2)).Select(p => (p[0], p.Length > 1 ? p[1] : "演示材料")).Take(20).ToList();
        var added = desk.Add(matter, applicant, listed);
        desk.Note(account.User, "新建办件", added?.Number ?? matter, added is null ? "失败" : "成功");
        return Said("cases", added is null ? "办件太多" : $"已提交 {added.Number}");
    }

    public IResult Finish(int id, DemoAccount account)
    {
        if (desk.Finish(id) is not { } finished)
        {
            return Said("cases", "只有办理中的办件可以办结");
        }

        desk.Note(account.User, "办结", finished.Number, "成功");
        desk.Note("系统", "收集归档", finished.Number, "成功");
        return Said("cases", $"已办结 {finished.Number}");
    }

    public IResult Remove(int id, DemoAccount account)
    {
        var number = desk.Find(id)?.Number ?? "";
        var isGone = desk.Remove(id);
        desk.Note(account.User, "删除办件", number, isGone ? "成功" : "拒绝");
        return Said("cases", isGone ? $"已删除 {number}" : "办结以后不能删除");
    }

    public IResult Waiting(HttpContext http, DemoAccount account)
    {
        var detection = int.TryParse(http.Request.Query["checked"], out var id) ? desk.Find(id)?.Detection : null;
        return ArchiveHtml.Page(
            "待归档",
            ArchiveHtml.Status(http.Request.Query["said"].ToString())
            + ArchiveHtml.Table("待归档", ["办件编号", "事项", "状态", "操作"], desk.Cases.Where(c => c.Record is not null).Reverse().Select(WaitingRow))
            + (detection is null ? "" : ArchiveHtml.Table("检测结果", ["检测项", "结果", "说明"], detection.Select(r => (string[])[ArchiveHtml.Text(r.Name), r.Result, ArchiveHtml.Text(r.Told)]))),
            account);
    }

    /// <summary>Of the package as it would be made now.</summary>
    public IResult Detect(int id, DemoAccount account)
    {
        var now = desk.Clock.GetUtcNow();
        var detected = desk.Change(id, c => c.Record is null ? null : Detected(c, now));
        if (detected is null)
        {
            return Said("waiting", "没有这个待归档的办件");
        }

        desk.Note(account.User, "四性检测", detected.Number, detected.Detection!.Any(r => r.Result == "不通过") ? "不通过" : "通过");
        return Results.Redirect($"/archive/waiting?checked={id}");
    }

    public IResult Metadata(int id, DemoAccount account)
    {
        if (desk.Find(id) is not { Record: { } record } found)
        {
            return ArchiveHtml.Page("元数据", "<p>没有这个办件的元数据</p>", account, 404);
        }

        desk.Note(account.User, "查看元数据", found.Number, "成功");
        return ArchiveHtml.Page(
            "元数据",
            ArchiveHtml.Definitions("元数据", Shown(record).Select(f => (BaseElements.TitleOf(f.Name), f.Value)))
            + ArchiveHtml.Button("导出归档包", $"/archive/cases/{id}/package", "get") + ArchiveHtml.Button("下载移交目录", $"/archive/cases/{id}/transfer-list", "get")
            + (found.Receipt is null ? "" : $"<section aria-labelledby=\"receipt\"><h2 id=\"receipt\">接收回执</h2><pre>{ArchiveHtml.Text(found.Receipt)}</pre></section>"),
            account);
    }

    /// <summary>What the page shows; in the careless variant a clerk typed some of it a second time.</summary>
    public IEnumerable<(string Name, string Value)> Shown(ArchiveRecord record) => !desk.IsCareless ? record.Fields : record.Fields.Select(f => f.Name switch
    {
        "task_name" => (f.Name, f.Value + "事项"),
        "transact_time" => (f.Name, f.Value[..10] + " 00:00:00"),
        "total_number" => (f.Name, "3"),
        _ => f,
    });

    public IResult Pack(int id, DemoAccount account)
    {
        var (packed, why) = Packed(id, account);
        return Said("waiting", packed is null ? why : "已打包");
    }

    public IResult Package(int id, DemoAccount account)
    {
        var (packed, why) = Packed(id, account);
        if (packed is null)
        {
            return ArchiveHtml.Page("导出归档包", $"<p role=\"alert\">{ArchiveHtml.Text(why)}</p>", account, 409);
        }

        desk.Note(account.User, "导出归档包", packed.Number, "成功");
        return Results.File(packed.Package!, "application/zip", packed.Record!.Code + ".zip");
    }

    public IResult TransferList(int id, DemoAccount account) => desk.Find(id) is { Package: { } package, Record: { } record }
        ? Results.File(ArchiveWriting.TransferList(record, package, desk.IsCareless, desk.Clock.GetUtcNow()), "application/xml", "移交目录.xml")
        : ArchiveHtml.Page("移交目录", "<p role=\"alert\">还没有打包</p>", account, 409);

    public async Task<IResult> TransferAsync(HttpContext http, int id, DemoAccount account)
    {
        var (packed, why) = Packed(id, account);
        if (packed is null)
        {
            return Said("waiting", why);
        }

        // A request that was not answered may have arrived: it is asked again under its number, and the receiver gives the same receipt.
        var sent = desk.Change(id, c => c.State == CaseState.Accepted ? null : c with { State = CaseState.Sent, Attempt = c.State == CaseState.Sent ? c.Attempt : c.Attempt + 1 });
        if (sent is null)
        {
            return Said("waiting", "已经接收，不再移交");
        }

        var (state, note, receipt) = await sending.SendAsync(desk, sent, http.RequestAborted);
        desk.Change(id, c => c with { State = state, Note = note, Receipt = receipt });
        desk.Note(account.User, "移交", sent.Number, state == CaseState.Packed ? "失败：" + note : state.Title() + (note.Length == 0 ? "" : "：" + note));
        return Said("waiting", state == CaseState.Packed ? note : $"{sent.Number} {state.Title()}");
    }

    private (OfficeCase? Packed, string Why) Packed(int id, DemoAccount account)
    {
        var found = desk.Find(id);
        if (found?.Package is not null)
        {
            return (found, "");
        }

        var why = found?.Record is null ? "没有这个待归档的办件"
            : desk.IsCareless ? ""
            : found.Detection is null ? "没有打包：还没有做四性检测"
            : found.Detection.FirstOrDefault(r => r.Result == "不通过") is { } failed ? $"没有打包：{failed.Name}不通过" : "";
        if (why.Length > 0)
        {
            desk.Note(account.User, "打包", found?.Number ?? "", "拒绝");
            return (null, why);
        }

        var packed = desk.Change(id, c => c with { State = CaseState.Packed, Package = ArchiveWriting.Package(c.Record!, desk.IsCareless, desk.Clock.GetUtcNow()) });
        desk.Note(account.User, "打包", packed?.Number ?? "", packed is null ? "失败" : "成功");
        return (packed, packed is null ? "没有这个办件" : "");
    }

    private OfficeCase Detected(OfficeCase of, DateTimeOffset now)
    {
        var package = of.Package ?? ArchiveWriting.Package(of.Record!, orphan: false, now);
        var others = desk.Cases.Where(c => c.Id != of.Id && c.Record is not null).Select(c => c.Number).ToHashSet(StringComparer.Ordinal);
        var rows = desk.IsCareless ? DetectionTable.AlwaysGreen : PackageDetection.Run(package, null, ArchiveWriting.TransferList(of.Record!, package, md5: false, now), others, now);
        var state = of.State > CaseState.Refused ? of.State : rows.Any(r => r.Result == "不通过") ? CaseState.Refused : CaseState.Checked;
        return of with { Detection = rows, State = state };
    }

    private static string[] Row(OfficeCase c) =>
    [
        ArchiveHtml.Text(c.Number), ArchiveHtml.Text(c.Matter), ArchiveHtml.Text(c.Applicant), c.State.Title(),
        (c.State == CaseState.Handling ? ArchiveHtml.Button("办结", $"/archive/cases/{c.Id}/finish") : "") + ArchiveHtml.Button("删除", $"/archive/cases/{c.Id}/remove"),
    ];

    private static string[] WaitingRow(OfficeCase c) =>
    [
        ArchiveHtml.Text(c.Number), ArchiveHtml.Text(c.Matter), c.State.Title() + (c.Note.Length == 0 ? "" : $"（{ArchiveHtml.Text(c.Note)}）"),
        ArchiveHtml.Button("四性检测", $"/archive/cases/{c.Id}/detect") + $"<a href=\"/archive/cases/{c.Id}/metadata\">元数据</a>" + ArchiveHtml.Button("打包", $"/archive/cases/{c.Id}/pack")
            + ArchiveHtml.Button("导出归档包", $"/archive/cases/{c.Id}/package", "get") + ArchiveHtml.Button(c.State is CaseState.Returned or CaseState.Sent ? "重新移交" : "移交", $"/archive/cases/{c.Id}/transfer"),
    ];

    private static IResult Said(string page, string text) => Results.Redirect($"/archive/{page}?said={Uri.EscapeDataString(text)}");
}
