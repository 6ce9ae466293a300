namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Applications on JFinal and Jboot, whose controllers have no annotations, in pairs.</summary>
public sealed class JFinalTests
{
    private const string Head = "package a; import java.io.*; import java.sql.*; import com.jfinal.core.Controller; import com.jfinal.plugin.activerecord.*; import com.jfinal.kit.*; import io.jboot.web.controller.JbootController;";

    private static IReadOnlyList<string> Found(string body, string above) =>
        FlowCase.Ids(FlowCase.Run([("src/T.java", $"{Head} class Book extends Model<Book> {{ static Book dao = new Book(); }} class BaseController extends {above} {{ }} public class T extends BaseController {{ static com.jfinal.log.Log log = com.jfinal.log.Log.getLog(T.class); Statement s; public void index() throws Exception {{ {body} }} }}")]));

    [Theory]
    [InlineData("Db.find(\"select * from a where n='\" + getPara(\"n\") + \"'\");", "Db.find(\"select * from a where n=?\", getPara(\"n\"));", "sql")]
    [InlineData("Db.paginate(1, 10, \"select *\", \"from a order by \" + get(\"o\"));", "Db.paginate(1, 10, \"select *\", \"from a where n=?\", get(\"o\"));", "sql")]
    [InlineData("Db.use(\"other\").queryFirst(\"select n from a where n='\" + getPara() + \"'\");", "Db.use(\"other\").queryFirst(\"select n from a where n=\" + getParaToInt());", "sql")]
    [InlineData("Book.dao.find(\"select * from b where n='\" + getKv().getStr(\"n\") + \"'\");", "Book.dao.find(\"select * from b where n=?\", getKv().getStr(\"n\"));", "sql")]
    [InlineData("s.executeQuery(getRawData());", "s.executeQuery(\"a\" + getInt(\"n\"));", "sql")]
    [InlineData("renderHtml(\"<b>\" + getPara(\"n\"));", "renderText(\"<b>\" + getPara(\"n\"));", "xss")]
    [InlineData("redirect(getPara(\"to\"));", "redirect(\"/a?n=\" + getPara(\"to\"));", "redirect")]
    [InlineData("renderFile(getPara(\"f\"));", "renderFile(\"a.txt\");", "path")]
    [InlineData("HttpKit.get(getPara(\"u\"));", "HttpKit.get(\"http://a/?n=\" + getPara(\"u\"));", "ssrf")]
    [InlineData("FileKit.delete(new File(\"/a/\" + getPara(\"f\")));", "FileKit.delete(new File(\"/a/\" + getLong(\"f\")));", "path")]
    [InlineData("log.info(getPara(\"n\"));", "log.info(\"n\");", "log")]
    [InlineData("LogKit.info(getPara(\"n\"));", "LogKit.info(\"\" + isParaBlank(\"n\"));", "log")]
    public void What_a_request_sends_is_followed(string bad, string good, string id)
    {
        foreach (var above in new[] { "Controller", "JbootController" })
        {
            Assert.Equal([id], Found(bad, above));
            Assert.Empty(Found(good, above));
        }
    }

    [Theory]
    [InlineData("String f = getPara(\"f\"); if (f.contains(\"..\")) { renderNull(); } new File(\"/d\", f).delete();", "String f = getPara(\"f\"); if (f.contains(\"..\")) { renderError(404); } new File(\"/d\", f).delete();")]
    [InlineData("String f = getPara(\"f\"); missIf(!f.contains(\"..\")); new File(\"/d\", f).delete();", "String f = getPara(\"f\"); missIf(f.contains(\"..\")); new File(\"/d\", f).delete();")]
    [InlineData("String f = getPara(\"f\"); emptyIf(f.contains(\"..\")); new File(\"/d\", f).delete();", "String f = getPara(\"f\"); must(f != null && !f.contains(\"..\")); new File(\"/d\", f).delete();")]
    [InlineData("String f = getPara(\"f\"); try { missIf(f.contains(\"..\")); } catch (RuntimeException e) { } new File(\"/d\", f).delete();", "String f = getPara(\"f\"); boolean b = f.contains(\"..\"); missIf(b); new File(\"/d\", f).delete();")]
    [InlineData("String f = getPara(\"f\"); if (f.contains(\"..\")) { renderError(404, \"a\", \"b\"); } new File(\"/d\", f).delete();", "String f = getPara(\"f\"); missIf(f == null || f.contains(\"..\")); new File(\"/d\", f).delete();")]
    public void What_always_throws_ends_the_way(string bad, string good)
    {
        const string Members = "} class Base extends Controller { void renderError(int c, String a, String b) { } void missIf(boolean c) { if (c) { renderError(404); } } void emptyIf(boolean c) { if (c) { renderNull(); } } void must(boolean c) { if (!c) { throw new IllegalStateException(); } } } class U extends Base { public void index() throws Exception { ";
        string Code(string body) => $"{Head} class T {{ {Members} {body} }} }}";
        Assert.Equal(["path"], FlowCase.Ids(FlowCase.Run([("src/T.java", Code(bad))])));
        Assert.Empty(FlowCase.Ids(FlowCase.Run([("src/T.java", Code(good))])));
    }

    [Fact]
    public void Jboot_escapes_parameters()
    {
        Assert.Equal(["xss"], Found("renderHtml(getTrimPara(\"n\"));", "JbootController"));
        Assert.Empty(Found("renderHtml(getEscapePara(\"n\"));", "JbootController"));
    }

    [Fact]
    public void Interceptors_ask_the_controller() =>
        Assert.Equal(["sql"], FlowCase.Ids(FlowCase.Run([("src/T.java", $"{Head} class T implements com.jfinal.aop.Interceptor {{ public void intercept(com.jfinal.aop.Invocation inv) {{ Db.find(inv.getController().getPara(\"n\")); inv.invoke(); }} }}")])));
}
