namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>What a check is worth by the constants it compares with, and what a later word takes back.</summary>
public sealed class FlowConstantTwinTests
{
    private static bool Has(string id, string body, string members = "") => FlowCase.Body(body, members).Contains(id);

    [Theory]
    [InlineData("n.endsWith(\".png\")", false)]
    [InlineData("n.endsWith(\".XLSX\")", false)]
    [InlineData("n.endsWith(\".tar.gz\")", false)]
    [InlineData("n.endsWith(\".jsp\")", true)]
    [InlineData("n.endsWith(\".html\")", true)]
    [InlineData("n.endsWith(\".svg\")", true)]
    [InlineData("n.endsWith(\"g\")", true)]
    [InlineData("n.endsWith(\".png\") || n.endsWith(\".jspx\")", true)]
    [InlineData("n.endsWith(\".png\") || n.endsWith(\".pdf\")", false)]
    [InlineData("org.apache.commons.lang3.StringUtils.endsWithAny(n, \".png\", \".pdf\")", false)]
    [InlineData("org.apache.commons.lang3.StringUtils.endsWithAny(n, \".png\", \".jsp\")", true)]
    [InlineData("org.apache.commons.lang3.StringUtils.endsWithAny(n, \".jsp\", \".png\")", true)]
    public void Only_endings_that_nothing_runs_are_harmless(string check, bool isBad) =>
        Assert.Equal(isBad, Has("upload", $"String n = r.getPart(\"f\").getSubmittedFileName(); if ({check}) {{ r.getPart(\"f\").write(\"/data/\" + UUID.randomUUID() + n.substring(n.lastIndexOf(\".\"))); }}"));

    [Theory]
    [InlineData("p.startsWith(\"com.demo.jobs.\")", false)]
    [InlineData("p.startsWith(\"com.demo.\")", false)]
    [InlineData("p.startsWith(\"com.demo\")", true)]
    [InlineData("p.startsWith(\"com.\")", true)]
    [InlineData("p.startsWith(\"java.lang.\")", true)]
    [InlineData("p.startsWith(\"javax.script.\")", true)]
    [InlineData("p.startsWith(\"sun.misc.\")", true)]
    [InlineData("p.startsWith(\"com.sun.rowset.\")", true)]
    [InlineData("p.startsWith(\"org.springframework.context.\")", true)]
    [InlineData("p.startsWith(\"org.apache.commons.\")", true)]
    [InlineData("p.startsWith(\"org.demo.jobs.\")", false)]
    [InlineData("p.startsWith(\"com.sunrise.jobs.\")", false)]
    [InlineData("org.apache.commons.lang3.StringUtils.startsWithAny(p, \"com.demo.jobs.\", \"com.demo.tasks.\")", false)]
    [InlineData("org.apache.commons.lang3.StringUtils.startsWithAny(p, \"com.demo.jobs.\", \"java.lang.\")", true)]
    public void Only_packages_of_the_project_name_classes_anybody_may_make(string check, bool isBad) =>
        Assert.Equal(isBad, Has("reflect", $"if ({check}) {{ Class.forName(p); }}"));

    [Theory]
    [InlineData("none", false)]
    [InlineData("none any", true)]
    [InlineData("any none", false)]
    [InlineData("none primitives", false)]
    [InlineData("none wildcard", true)]
    [InlineData("none regexp", true)]
    [InlineData("none own", false)]
    public void What_is_allowed_again_is_not_refused(string words, bool isBad)
    {
        const string space = "com.thoughtworks.xstream.security.";
        var before = string.Concat(words.Split(' ').Select(w => w switch
        {
            "none" => $"x.addPermission({space}NoTypePermission.NONE);",
            "any" => $"x.addPermission({space}AnyTypePermission.ANY);",
            "primitives" => $"x.addPermission({space}PrimitiveTypePermission.PRIMITIVES);",
            "wildcard" => "x.allowTypesByWildcard(new String[] { \"**\" });",
            "regexp" => "x.allowTypesByRegExp(new String[] { \".*\" });",
            _ => "x.allowTypesByWildcard(new String[] { \"com.demo.**\" });",
        }));
        Assert.Equal(isBad, Has("deserialize", $"com.thoughtworks.xstream.XStream x = new com.thoughtworks.xstream.XStream(); {before} x.fromXML(p);"));
    }

    [Theory]
    [InlineData("page.addOrder(new OrderItem().setColumn(p).setAsc(true));", true)]
    [InlineData("page.addOrder(OrderItem.asc(p).setAsc(false));", true)]
    [InlineData("OrderItem o = new OrderItem(); o.setColumn(p); page.addOrder(o.setAsc(true));", true)]
    [InlineData("page.addOrder(new OrderItem().setColumn(\"id\").setAsc(true));", false)]
    [InlineData("page.orders().add(OrderItem.asc(p));", true)]
    [InlineData("List<OrderItem> all = page.orders(); all.add(OrderItem.asc(p));", true)]
    [InlineData("page.orders().addAll(Arrays.asList(OrderItem.asc(p)));", true)]
    [InlineData("page.orders().add(OrderItem.asc(\"id\"));", false)]
    [InlineData("boolean b = OrderItem.asc(p).isAsc(); page.orders().add(new OrderItem(\"id\", b));", false)]
    public void An_order_that_is_put_in_is_part_of_the_query(string body, bool isBad) => Assert.Equal(isBad ? ["sql"] : [], FlowCase.Ids(FlowCase.Run(
        [("src/T.java", $"import java.util.*; import com.baomidou.mybatisplus.core.metadata.OrderItem; import com.baomidou.mybatisplus.extension.plugins.pagination.Page; class T {{ void q(javax.servlet.http.HttpServletRequest r, Page<Object> page) {{ String p = r.getParameter(\"p\"); {body} }} }}")])));
}
