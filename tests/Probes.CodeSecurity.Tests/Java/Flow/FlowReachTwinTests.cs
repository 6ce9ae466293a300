namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Twins of ways of which the one runs wherever the program runs, and the other one hardly anywhere.</summary>
public sealed class FlowReachTwinTests
{
    private const string Imports = "import java.io.*; import java.util.*; import org.springframework.web.bind.annotation.*; import org.springframework.beans.factory.annotation.*; import org.springframework.core.env.*; ";

    private static IReadOnlyList<CodeDefect> Seen(string rule, params (string Path, string Text)[] files) => [.. FlowDefectsTests.Analyze([.. files.Select(f => (f.Path, f.Path.EndsWith(".java", StringComparison.Ordinal) ? Imports + f.Text : f.Text))]).Seen.Where(d => d.RuleId == rule)];

    private static void IsSure(IReadOnlyList<CodeDefect> seen) => Assert.Equal([CodeConfidence.High], seen.Select(d => d.Confidence));

    private static void IsDoubted(IReadOnlyList<CodeDefect> seen, string why)
    {
        Assert.True(Assert.Single(seen) is { Confidence: CodeConfidence.Low, IsForPeople: true });
        Assert.Contains(why, seen[0].Doubt, StringComparison.Ordinal);
    }

    private const string Web = "@RestController class T { String live; @Value(\"${spring.profiles.active}\") String active; @Value(\"${app.env:dev}\") String env; @Value(\"${file.type}\") String type; Environment e; ";

    /// <param name="check">Before the file is written.</param>
    private static IReadOnlyList<CodeDefect> Written(string check) => Seen(
        "JT-PATH",
        ("src/T.java", $"{Web} @GetMapping(\"/a\") void q(String p) throws Exception {{ {check} new FileOutputStream(\"/d/\" + p); }} boolean isDev() {{ return \"dev\".equals(active); }} boolean isLive() {{ return \"dev\".equals(live); }} String profile() {{ return e.getActiveProfiles()[0]; }} }}"),
        ("src/Names.java", "class Names { static final String DEV = \"dev\"; static final String LIVE = \"blue\"; }"));

    [Theory]
    [InlineData("if (!Names.LIVE.equals(active)) { throw new IllegalStateException(); }", "if (!Names.DEV.equals(active)) { throw new IllegalStateException(); }")]
    [InlineData("if (!com.lib.Names.LIVE.equals(active)) { throw new IllegalStateException(); }", "if (!com.lib.Names.DEV.equals(active)) { throw new IllegalStateException(); }")]
    [InlineData("if (!\"dev\".equals(type)) { return; }", "if (!\"dev\".equalsIgnoreCase(env)) { return; }")]
    [InlineData("if (!isLive()) { return; }", "if (!isDev()) { return; }")]
    [InlineData("if (!Arrays.asList(e.getActiveProfiles()).contains(\"blue\")) { return; }", "if (!Arrays.asList(e.getActiveProfiles()).contains(\"test\")) { return; }")]
    [InlineData("if (e.acceptsProfiles(Profiles.of(\"dev\"))) { return; }", "if (!e.acceptsProfiles(Profiles.of(\"dev\", \"local\"))) { return; }")]
    [InlineData("if (!\"prod\".equals(e.getProperty(\"spring.profiles.active\"))) { return; }", "if (\"prod\".equals(e.getProperty(\"spring.profiles.active\"))) { return; }")]
    [InlineData("if (!\"dev\".equals(active)) { live = \"a\"; }", "if (!\"dev\".equals(active)) { live = \"a\"; return; }")]
    [InlineData("String a = profile(); if (!(\"dev\".equals(a) || \"blue\".equals(a))) { return; }", "String a = profile(); if (!(\"dev\".equals(a) || \"test\".equals(a))) { return; }")]
    public void What_runs_for_developers_alone_is_less_sure(string bad, string doubted)
    {
        IsSure(Written(bad));
        IsDoubted(Written(doubted), "开发环境");
    }

    /// <summary>The check stands where the dangerous method is called from, and of two ways one that has none counts.</summary>
    [Fact]
    public void A_caller_may_let_developers_through_alone()
    {
        const string service = "class S { void save(String p) throws Exception { new FileOutputStream(\"/d/\" + p); } }";
        const string one = "@GetMapping(\"/a\") void a(String p) throws Exception { if (!\"dev\".equals(active)) { throw new IllegalStateException(); } s.save(p); }";
        IsDoubted(Seen("JT-PATH", ("src/T.java", $"{Web} S s; {one} }}"), ("src/S.java", service)), "开发环境");
        IsSure(Seen("JT-PATH", ("src/T.java", $"{Web} S s; {one} @GetMapping(\"/b\") void b(String p) throws Exception {{ String q = p.trim(); s.save(q); }} }}"), ("src/S.java", service)));
        IsSure(Seen("JT-PATH", ("src/T.java", $"{Web} S s; @GetMapping(\"/a\") void a(String p) throws Exception {{ if (\"dev\".equals(active)) {{ s.save(p); }} else {{ s.save(p); }} }} }}"), ("src/S.java", service)));
    }

    [Theory]
    [InlineData("@org.springframework.context.annotation.Profile(\"blue\")", "@org.springframework.context.annotation.Profile(\"dev\")")]
    [InlineData("@org.springframework.context.annotation.Profile({\"dev\", \"prod\"})", "@org.springframework.context.annotation.Profile({\"dev\", \"test\"})")]
    [InlineData("@org.springframework.context.annotation.Profile(\"!dev\")", "@org.springframework.context.annotation.Profile(\"!prod\")")]
    public void A_class_for_developers_is_less_sure(string bad, string doubted)
    {
        IsSure(Of(bad));
        IsDoubted(Of(doubted), "开发环境");

        static IReadOnlyList<CodeDefect> Of(string annotation) => Seen("JT-PATH", ("src/T.java", $"{annotation} {Web} @GetMapping(\"/a\") void a(String p) throws Exception {{ new FileOutputStream(\"/d/\" + p); }} }}"));
    }

    private const string Store = "interface Store { String put(String p) throws Exception; }";
    private const string Open = "abstract class Common implements Store { public String put(String p) throws Exception { return go(p); } abstract String go(String p) throws Exception; }";
    private const string Disk = "class Disk extends Common { String go(String p) throws Exception { new FileOutputStream(\"/d/\" + p); return p; } }";
    private const string Asked = "@RestController class T { @Autowired Map<String, Store> stores; @GetMapping(\"/a\") void a(String p) throws Exception { stores.get(\"disk\").put(p); } }";

    [Theory]
    [InlineData("src/Disk.java", "@org.springframework.stereotype.Component " + Disk)]
    [InlineData("src/Disk.java", "@com.lib.Kind(\"disk\") " + Disk)]
    [InlineData("src/Setup.java", "@org.springframework.context.annotation.Configuration class Setup { @org.springframework.context.annotation.Bean Store disk() { return new Disk(); } }")]
    [InlineData("src/Setup.java", "@org.springframework.context.annotation.Import(Disk.class) class Setup { }")]
    [InlineData("src/Setup.java", "class Setup { void go() { for (Object o : new com.lib.Scan().below(Store.class)) { o.hashCode(); } } }")]
    [InlineData("src/Main.kt", "class Setup { }")]
    [InlineData("src/main/resources/beans.xml", "<beans><bean class=\"Disk\"/></beans>")]
    [InlineData("src/main/resources/META-INF/services/Store", "Disk")]
    [InlineData("src/main/resources/META-INF/spring.factories", "Store=Disk")]
    [InlineData("src/main/resources/application.yml", "store: a.Disk")]
    public void A_class_nobody_makes_objects_of_is_less_sure(string path, string text)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal) { ["src/Store.java"] = Store, ["src/Common.java"] = Open, ["src/Disk.java"] = "@org.springframework.context.annotation.Primary " + Disk, ["src/T.java"] = Asked };
        IsDoubted(Seen("JT-PATH", [.. files.Select(f => (f.Key, f.Value))]), "没有看到谁创建");
        files[path] = text;
        IsSure(Seen("JT-PATH", [.. files.Select(f => (f.Key, f.Value))]));
    }

    /// <summary>What such a class hands back is no surer than what it does, and another one that stands for the same interface is as sure as before.</summary>
    [Fact]
    public void Of_two_classes_the_one_that_is_made_counts()
    {
        const string asks = "@RestController class T { @Autowired Store store; @GetMapping(\"/a\") void a(String p) throws Exception { new FileOutputStream(\"/d/\" + store.put(p)); } }";
        const string echo = "class Echo implements Store { public String put(String p) { return p + \".a\"; } }";
        const string later = "@org.springframework.stereotype.Component class Later implements Store { public String put(String p) { String q = p + \".b\"; return q; } }";
        IsDoubted(Seen("JT-PATH", ("src/Store.java", Store), ("src/Echo.java", echo), ("src/T.java", asks)), "没有看到谁创建");
        IsSure(Seen("JT-PATH", ("src/Store.java", Store), ("src/Echo.java", echo), ("src/Later.java", later), ("src/T.java", asks)));
    }

    private const string Orders = "interface Orders { String page(String a, String sort) throws Exception; }";
    private const string Served = "class OrdersOf implements Orders { java.sql.Statement s; public String page(String a, String sort) throws Exception { s.executeQuery(\"select 1 order by \" + sort); return a; } }";

    private static IReadOnlyList<CodeDefect> Called(string annotation, string caller, string asked = "", string path = "src/shop/Shop.java") => Seen(
        "JT-SQL",
        ("src/Orders.java", $"{asked} {Orders}"), ("src/OrdersOf.java", $"{annotation} {Served}"), (path, caller));

    private const string Shop = "@RestController class Shop { @org.apache.dubbo.config.annotation.DubboReference Orders orders; @Value(\"${shop.sort}\") String sort; ";

    [Theory]
    [InlineData("\"id desc\"")]
    [InlineData("sort")]
    [InlineData("a.length() > 3 ? \"id\" : \"name\"")]
    public void What_other_programs_of_the_tree_never_hand_over_is_less_sure(string given)
    {
        var dubbo = "@org.apache.dubbo.config.annotation.DubboService";
        IsDoubted(Called(dubbo, $"{Shop} @GetMapping(\"/a\") void a(String a) throws Exception {{ orders.page(a, {given}); }} }}"), "供其他服务调用");

        // A stranger chooses it there, or nobody knows who calls.
        IsSure(Called(dubbo, $"{Shop} @GetMapping(\"/a\") void a(String a) throws Exception {{ orders.page(a, {given}); }} @GetMapping(\"/b\") void b(String b) throws Exception {{ orders.page(b, b.trim()); }} }}"));
        IsSure(Called(dubbo, $"{Shop} @GetMapping(\"/a\") void a(String a) {{ }} }}"));
        IsSure(Called(dubbo, $"{Shop} @GetMapping(\"/a\") void a(String a) throws Exception {{ orders.page(a, {given}); }} }}", path: "src/test/java/ShopTest.java"));
    }

    [Fact]
    public void A_controller_behind_an_interface_for_programs_is_called_by_these()
    {
        const string feign = "@org.springframework.cloud.openfeign.FeignClient(\"orders\")";
        const string caller = "@org.springframework.stereotype.Service class Jobs { @Autowired Orders orders; void go() throws Exception { this.orders.page(\"a\", \"id\"); } }";
        const string controller = "@RestController @RequestMapping(\"/o\") class OrdersOf implements Orders { java.sql.Statement s; @GetMapping(\"/p\") public String page(String a, String sort) throws Exception { s.executeQuery(\"select 1 order by \" + sort); return \"\"; } }";
        IsDoubted(Seen("JT-SQL", ("src/Orders.java", $"{feign} {Orders}"), ("src/OrdersOf.java", controller), ("src/Jobs.java", caller)), "供其他服务调用");
        IsSure(Seen("JT-SQL", ("src/Orders.java", Orders), ("src/OrdersOf.java", controller), ("src/Jobs.java", caller)));
    }
}
