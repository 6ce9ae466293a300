using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

public sealed class ProjectFlowReadingTests : IDisposable
{
    private static readonly FlowTable Table = new()
    {
        File = null!, Types = [new FlowType("lib.Template", [], false, [new FlowMethod { Names = ["query", "update"], Sink = "sql" }])],
        Entries = [new CodeEntry { Kind = "请求参数", Annotated = ["javax.ws.rs.GET"], OnType = ["javax.jws.WebService"], Bad = [], Good = [] }],
        Weaknesses = [new FlowWeakness("sql", "JT-SQL", 89, "", WeaknessClass.Injection, Severity.Critical, "", [], []), new FlowWeakness("xss", "JT-XSS", 79, "", WeaknessClass.Injection, Severity.Major, "", [], [])],
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sinks: [{type: a.Db, call: run, weakness: slq}]", "没有缺陷 slq", "sql")]
    [InlineData("sanitisers: []", "不认识的键 sanitisers", "sanitizers")]
    [InlineData("sinks: [{type: a.Db, call: run, weaknes: sql}]", "不认识的键 weaknes", "weakness")]
    [InlineData("sanitizers: [{type: a.Safe, call: ok, cleans: sql, author: 某人, until: 2026-12-31}]", "缺少 reason", "")]
    [InlineData("sanitizers: [{type: a.Safe, call: ok, cleans: sql, reason: 理由, until: 2026-12-31}]", "缺少 author", "")]
    [InlineData("sanitizers: [{type: a.Safe, call: ok, cleans: '*', reason: 理由, author: 某人, until: 2026-12-31}]", "cleans 不能是 *", "")]
    [InlineData("sanitizers: [{type: a.Safe, call: ok, cleans: JT-SLQ, reason: 理由, author: 某人, until: 2026-12-31}]", "没有缺陷 JT-SLQ", "JT-SQL")]
    [InlineData("sanitizers: [{type: a.Safe, call: ok, reason: 理由, author: 某人, until: 2026-12-31}]", "看不出净化什么", "")]
    [InlineData("sources: [{type: 'a.b(c)', call: x, kind: 报文}]", "type 不是 Java 的名称", "")]
    [InlineData("sources: [{type: a.B, call: 'x()', kind: 报文}]", "call 不对", "")]
    [InlineData("sources: [{type: a.B, call: x, kind: 报文}, {type: a.B, call: x y, kind: 报文}]", "a.B.x 写了不止一次", "")]
    [InlineData("sinks: [{type: lib.Template, call: find query, at: 1, weakness: xss}]", "规则表已经说明了 lib.Template.query", "项目自己的方法")]
    [InlineData("sources: [{type: lib.Template, call: update, kind: 报文}]", "规则表已经说明了 lib.Template.update", "项目自己的方法")]
    [InlineData("entries: [{annotation: jakarta.ws.rs.GET, kind: 路径参数}]", "规则表已经说明了 jakarta.ws.rs.GET", "项目自己的注解")]
    [InlineData("entries: [{annotation: javax.jws.WebService}]", "规则表已经说明了 javax.jws.WebService", "项目自己的注解")]
    public void Mistakes_are_named_with_line_and_the_nearest_word(string flows, string message, string near)
    {
        _folder.Write("f.yaml", $"# 规则\nflows:\n  {flows}\n");
        var faults = Assert.Throws<InputFaultException>(() => ProjectFlowReader.Read(_folder.File("f.yaml"), [Table])).Faults;
        Assert.All(faults, f => Assert.Equal(3, f.At.Line));
        Assert.Contains(near, Assert.Single(faults, f => f.Message.Contains(message, StringComparison.Ordinal)).Expected ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_and_texts_have_caps()
    {
        _folder.Write("f.yaml", $"flows:\n  sources: [{string.Join(", ", Enumerable.Range(0, 201).Select(i => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{{type: a.B{i}, call: x, kind: 报文}}")))}]\n");
        Assert.Contains("多于 200 项", Assert.Throws<InputFaultException>(() => ProjectFlowReader.Read(_folder.File("f.yaml"), [Table])).Message, StringComparison.Ordinal);
        _folder.Write("f.yaml", $"flows:\n  sources: [{{type: a.{new string('b', 300)}, call: x, kind: 报文}}]\n");
        Assert.Throws<InputFaultException>(() => ProjectFlowReader.Read(_folder.File("f.yaml"), [Table]));
    }
}
