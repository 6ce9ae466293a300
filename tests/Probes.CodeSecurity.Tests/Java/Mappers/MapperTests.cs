namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Statements of MyBatis and iBATIS, in pairs: one is reached by foreign input, the other one is not.</summary>
public sealed class MapperTests
{
    private const string User = "package a; import java.util.*; public class User { private String name; private int age; private Map<String, Object> params = new HashMap<>(); private List<String> roles; private User boss;"
        + " public String getName() { return name; } public void setName(String n) { name = n; } public int getAge() { return age; } public Map<String, Object> getParams() { if (params == null) { params = new HashMap<>(); } return params; } public List<String> getRoles() { return roles; } public User getBoss() { return boss; } public String getSort() { return \"name\"; } }";

    [Theory]
    [InlineData("a piece of another mapper", "int q(String p);", "<select id=\"q\">select <include refid=\"b.Common.cols\"/></select>", "m.q(p)", true)]
    [InlineData("a piece in a piece", "int q(@Param(\"x\") String p);", "<sql id=\"in\">${x}</sql><sql id=\"w\">where <include refid=\"in\"/></sql><select id=\"q\">select <include refid=\"w\"/></select>", "m.q(p)", true)]
    [InlineData("a property that is a constant", "int q(@Param(\"prefix\") String p);", "<sql id=\"w\">${prefix}.name</sql><select id=\"q\"><include refid=\"w\"><property name=\"prefix\" value=\"u\"/></include></select>", "m.q(p)", false)]
    [InlineData("a property that hands on", "int q(@Param(\"t\") String p);", "<sql id=\"w\">${prefix}.name</sql><select id=\"q\"><include refid=\"w\"><property name=\"prefix\" value=\"${t}\"/></include></select>", "m.q(p)", true)]
    [InlineData("a property through two pieces", "int q(@Param(\"prefix\") String p);", "<sql id=\"in\">${prefix}.a</sql><sql id=\"w\"><include refid=\"in\"/></sql><select id=\"q\"><include refid=\"w\"><property name=\"prefix\" value=\"u\"/></include></select>", "m.q(p)", false)]
    [InlineData("a piece named by a property", "int q(@Param(\"x\") String p);", "<sql id=\"in\">${x}</sql><sql id=\"w\"><include refid=\"${part}\"/></sql><select id=\"q\"><include refid=\"w\"><property name=\"part\" value=\"in\"/></include></select>", "m.q(p)", null)]
    [InlineData("bind of a parameter", "int q(@Param(\"n\") String p);", "<select id=\"q\"><bind name=\"like\" value=\"'%' + n + '%'\"/>like '${like}'</select>", "m.q(p)", true)]
    [InlineData("bind of nothing", "int q(@Param(\"n\") String p);", "<select id=\"q\"><bind name=\"like\" value=\"'%a%'\"/>like '${like}' and #{n}</select>", "m.q(p)", false)]
    [InlineData("an element", "int q(@Param(\"ids\") java.util.List<String> p);", "<select id=\"q\"><foreach collection=\"ids\" item=\"id\" separator=\",\">${id}</foreach></select>", "m.q(java.util.List.of(p))", true)]
    [InlineData("an element as a parameter", "int q(@Param(\"ids\") java.util.List<String> p);", "<select id=\"q\"><foreach collection=\"ids\" item=\"id\" index=\"i\">#{id} ${i}</foreach></select>", "m.q(java.util.List.of(p))", false)]
    [InlineData("the only list", "int q(java.util.List<String> p);", "<select id=\"q\"><foreach collection=\"list\" item=\"id\">${id}</foreach></select>", "m.q(java.util.List.of(p))", true)]
    [InlineData("a loop that has ended", "int q(@Param(\"ids\") java.util.List<String> l, @Param(\"id\") String p);", "<select id=\"q\"><foreach collection=\"ids\" item=\"id\">#{id}</foreach> ${id}</select>", "m.q(java.util.List.of(\"a\"), p)", true)]
    [InlineData("a field", "int q(User u);", "<select id=\"q\">${name}</select>", "m.q(u)", true)]
    [InlineData("a field that is a number", "int q(User u);", "<select id=\"q\">${age}</select>", "m.q(u)", false)]
    [InlineData("a getter that tells nothing foreign", "int q(User u);", "<select id=\"q\">${sort}</select>", "m.q(u)", false)]
    [InlineData("a field of a field", "int q(@Param(\"user\") User u);", "<select id=\"q\">${user.boss.name}</select>", "m.q(u)", true)]
    [InlineData("another field than the foreign one", "int q(@Param(\"user\") User u);", "<select id=\"q\">${user.roles}</select>", "User o = new User(); o.setName(p); m.q(o)", false)]
    [InlineData("the foreign field", "int q(@Param(\"user\") User u);", "<select id=\"q\">${user.name}</select>", "User o = new User(); o.setName(p); m.q(o)", true)]
    [InlineData("a map under its key", "int q(java.util.Map<String, Object> w);", "<select id=\"q\">${order}</select>", "java.util.Map<String, Object> w = new java.util.HashMap<>(); w.put(\"order\", p); w.put(\"n\", \"a\"); m.q(w)", true)]
    [InlineData("a map under another key", "int q(java.util.Map<String, Object> w);", "<select id=\"q\">${n}</select>", "java.util.Map<String, Object> w = new java.util.HashMap<>(); w.put(\"order\", p); w.put(\"n\", \"a\"); m.q(w)", false)]
    [InlineData("a map of a library under another key", "int q(java.util.Map<String, Object> w);", "<select id=\"q\">${n}</select>", "java.util.Map<String, Object> w = cn.hutool.core.collection.CollUtil.newHashMap(); w.put(\"order\", p); w.put(\"n\", Integer.valueOf(p)); m.q(w)", false)]
    [InlineData("a map of a library under its key", "int q(java.util.Map<String, Object> w);", "<select id=\"q\">${order}</select>", "java.util.Map<String, Object> w = cn.hutool.core.collection.CollUtil.newHashMap(); w.put(\"order\", p); m.q(w)", true)]
    [InlineData("a map in an object", "int q(User u);", "<select id=\"q\">${params.dataScope}</select>", "m.q(u)", true)]
    [InlineData("a wrapper's own text", "int q(@Param(\"ew\") Object ew);", "<select id=\"q\">select ${ew.sqlSelect} ${ew.customSqlSegment}</select>", "m.q(p)", false)]
    [InlineData("for two databases", "int q(String name);", "<select id=\"q\" databaseId=\"dm\">${name}</select><select id=\"q\">#{name}</select>", "m.q(p)", true)]
    [InlineData("a comment", "int q(String name);", "<select id=\"q\">a <!-- ${name} --></select>", "m.q(p)", false)]
    [InlineData("what is written for the parser", "int q(String name);", "<select id=\"q\"><![CDATA[ a < 1 and ${name} ]]></select>", "m.q(p)", true)]
    [InlineData("an attribute with a sign of a tag", "int q(String name);", "<select id=\"q\"><if test=\"name.length > 0\">${name}</if></select>", "m.q(p)", true)]
    [InlineData("a number of a parameter", "int q(String a, String b);", "<select id=\"q\">${param2}</select>", "m.q(\"a\", p)", true)]
    [InlineData("the other number of a parameter", "int q(String a, String b);", "<select id=\"q\">${param1}</select>", "m.q(\"a\", p)", false)]
    [InlineData("a constant of a class", "int q(String a);", "<select id=\"q\">${@a.Names@TABLE} #{a}</select>", "m.q(p)", false)]
    [InlineData("a field of a constant of a class", "int q(String a);", "<select id=\"q\">date < '${@a.Names@ALL.first.type}' #{a}</select>", "m.q(p)", false)]
    [InlineData("one of the texts of a condition", "int q(@Param(\"c\") String c);", "<select id=\"q\"><if test=\"c == 'a' or c=='b' || c.equals('d')\">order by ${c}</if></select>", "m.q(p)", false)]
    [InlineData("one of the texts of a choice", "int q(@Param(\"c\") String c);", "<select id=\"q\"><choose><when test='c != null and (c == \"a\" or \"b\".equals(c))'>order by ${c}</when></choose></select>", "m.q(p)", false)]
    [InlineData("one of the texts of a list", "int q(@Param(\"c\") String c);", "<select id=\"q\"><if test=\"c in {'a', 'b'}\">order by ${c}</if></select>", "m.q(p)", false)]
    [InlineData("one of the texts or another value", "int q(@Param(\"c\") String c, @Param(\"d\") String d);", "<select id=\"q\"><if test=\"c == 'a' or d == 'b'\">order by ${c}</if></select>", "m.q(p, p)", true)]
    [InlineData("another value is one of the texts", "int q(@Param(\"c\") String c, @Param(\"d\") String d);", "<select id=\"q\"><if test=\"d == 'a'\">order by ${c}</if></select>", "m.q(p, p)", true)]
    [InlineData("behind the condition", "int q(@Param(\"c\") String c);", "<select id=\"q\"><if test=\"c == 'a'\">b</if> order by ${c}</select>", "m.q(p)", true)]
    [InlineData("none of the texts", "int q(@Param(\"c\") String c);", "<select id=\"q\"><if test=\"c != 'a' and c != null\">order by ${c}</if></select>", "m.q(p)", true)]
    [InlineData("a choice by what was given", "int q(@Param(\"s\") String s);", "<select id=\"q\">${s == 'a' ? 'x' : s}</select>", "m.q(p)", true)]
    public void A_statement_in_XML(string name, string method, string statements, string call, bool? isBad)
    {
        Assert.NotEmpty(name);
        var result = Run($"import org.apache.ibatis.annotations.*; public interface M {{ {method} }}", call, ("r/M.xml", Xml("a.M", statements)), ("r/C.xml", Xml("b.Common", "<sql id=\"cols\">${p}</sql>")));
        if (isBad is null)
        {
            Assert.Contains(result.Cut, c => c.Why.Contains("没有读完", StringComparison.Ordinal));
            return;
        }

        Assert.Equal(isBad.Value, FlowCase.Ids(result).Contains("sql"));
        Assert.Empty(result.Cut);
    }

    [Theory]
    [InlineData("@Select(\"select ${n}\") int q(@Param(\"n\") String n);", "m.q(p)", true)]
    [InlineData("@Select({\"<script>\", \"select <if test='n != null'> ${n} </if>\", \"</script>\"}) int q(@Param(\"n\") String n);", "m.q(p)", true)]
    [InlineData("@Select({\"<script>\", \"select <foreach collection='l' item='i'> #{i} </foreach>\", \"</script>\"}) int q(@Param(\"l\") java.util.List<String> l);", "m.q(java.util.List.of(p))", false)]
    [InlineData("@Select({\"<script>\", \"select <foreach collection='l' item='i'> ${i} </foreach>\", \"</script>\"}) int q(@Param(\"l\") java.util.List<String> l);", "m.q(java.util.List.of(p))", true)]
    [InlineData("String HEAD = \"select * from t where n = \"; @Select(HEAD + \"'${n}'\") int q(@Param(\"n\") String n);", "m.q(p)", true)]
    [InlineData("String HEAD = \"select * from t where n = \"; @Select(HEAD + \"#{n}\") int q(@Param(\"n\") String n);", "m.q(p)", false)]
    [InlineData("@Select(Texts.BY_NAME) int q(@Param(\"n\") String n);", "m.q(p)", true)]
    [InlineData("@Select(Texts.SAFE) int q(@Param(\"n\") String n);", "m.q(p)", false)]
    [InlineData("@SelectProvider(type = Made.class, method = \"by\") int q(@Param(\"n\") String n);", "m.q(p)", true)]
    [InlineData("@SelectProvider(type = Made.class, method = \"safe\") int q(@Param(\"n\") String n);", "m.q(p)", false)]
    [InlineData("@SelectProvider(type = Made.class, method = \"map\") int q(@Param(\"n\") String n, @Param(\"k\") String k);", "m.q(p, \"a\")", true)]
    [InlineData("@SelectProvider(type = Made.class, method = \"map\") int q(@Param(\"n\") String n, @Param(\"k\") String k);", "m.q(\"a\", p)", false)]
    [InlineData("@SelectProvider(type = Made.class, method = \"built\") int q(@Param(\"n\") String n);", "m.q(p)", true)]
    [InlineData("@SelectProvider(type = Made.class, method = \"builtSafe\") int q(@Param(\"n\") String n);", "m.q(p)", false)]
    [InlineData("@SelectProvider(Made.class) int q(@Param(\"n\") String n);", "m.q(p)", true)]
    public void A_statement_in_an_annotation(string members, string call, bool isBad)
    {
        const string made = "package a; import java.util.*; import org.apache.ibatis.jdbc.SQL; public class Made { public String by(String n) { return \"select '\" + n + \"'\"; } public String q(@org.apache.ibatis.annotations.Param(\"n\") String x) { return \"select \" + x; } public String safe(String n) { return \"select #{n}\"; }"
            + " public String map(Map<String, Object> m) { return \"select \" + m.get(\"n\"); } public String built(final String n) { return new SQL() {{ SELECT(\"a\"); FROM(\"t\"); WHERE(\"n = '\" + n + \"'\"); }}.toString(); } public String builtSafe(String n) { return new SQL().SELECT(\"a\").FROM(\"t\").WHERE(\"n = #{n}\").toString(); } }";
        const string texts = "package a; public class Texts { private static final String T = \"t\"; public static final String BY_NAME = \"select * from \" + T + \" where n = '${n}'\"; public static final String SAFE = \"select #{n} from \" + T; }";
        Assert.Equal(isBad, FlowCase.Ids(Run($"import org.apache.ibatis.annotations.*; public interface M {{ {members} }}", call, [], ("Made.java", made), ("Texts.java", texts))).Contains("sql"));
    }

    [Theory]
    [InlineData("org.apache.ibatis.session.SqlSession s; void q2(String p) { s.selectList(\"a.M.q\", p); }", "s.selectList(\"a.M.q\", p)", true)]
    [InlineData("org.apache.ibatis.session.SqlSession s; void q2(String p) { }", "s.selectList(\"a.M.safe\", p)", false)]
    [InlineData("com.ibatis.sqlmap.client.SqlMapClient s;", "s.queryForList(\"User.list\", u)", true)]
    [InlineData("com.ibatis.sqlmap.client.SqlMapClient s;", "s.queryForList(\"User.safe\", u)", false)]
    public void A_statement_called_by_its_name(string members, string call, bool isBad)
    {
        const string old = "<?xml version=\"1.0\"?><!DOCTYPE sqlMap PUBLIC \"-//a//b\" \"c\"><sqlMap namespace=\"User\"><select id=\"list\">select <iterate property=\"roles\">#roles[]#</iterate> order by $name$ cost $ 5</select><select id=\"safe\">select #name# $age$</select></sqlMap>";
        const string xml = "<select id=\"q\">${value}</select><select id=\"safe\">#{value}</select>";
        Assert.Equal(isBad, FlowCase.Ids(Run("public interface M { }", call, [("m.xml", Xml("a.M", xml)), ("User.xml", old)], members: members)).Contains("sql"));
    }

    /// <summary>As generators of MyBatis write it: what is compared is a parameter, and only the condition stands in the statement.</summary>
    [Theory]
    [InlineData("e.createCriteria().andNameEqualTo(p);", false)]
    [InlineData("e.createCriteria().andNameEqualTo(p); e.or().andNameIn(java.util.List.of(p)); e.setOrderByClause(\"name\");", false)]
    [InlineData("e.createCriteria().andFree(p);", true)]
    [InlineData("e.createCriteria().andNameEqualTo(\"a\"); e.setOrderByClause(p);", true)]
    public void Conditions_of_an_example_are_constants_and_what_they_compare_with_is_none(string filled, bool isBad)
    {
        const string example = "package a; import java.util.*; public class E { protected String orderByClause; protected List<Criteria> oredCriteria; public E() { oredCriteria = new ArrayList<>(); }"
            + " public void setOrderByClause(String o) { orderByClause = o; } public String getOrderByClause() { return orderByClause; } public List<Criteria> getOredCriteria() { return oredCriteria; }"
            + " public Criteria or() { Criteria c = new Criteria(); oredCriteria.add(c); return c; } public Criteria createCriteria() { Criteria c = new Criteria(); if (oredCriteria.size() == 0) { oredCriteria.add(c); } return c; }"
            + " protected abstract static class GeneratedCriteria { protected List<Criterion> criteria; protected GeneratedCriteria() { super(); criteria = new ArrayList<>(); } public List<Criterion> getAllCriteria() { return criteria; } public List<Criterion> getCriteria() { return criteria; }"
            + " protected void addCriterion(String condition, Object value, String property) { if (value == null) { throw new RuntimeException(property); } criteria.add(new Criterion(condition, value)); }"
            + " public Criteria andNameEqualTo(String v) { addCriterion(\"name =\", v, \"name\"); return (Criteria) this; } public Criteria andNameIn(List<String> v) { addCriterion(\"name in\", v, \"name\"); return (Criteria) this; } public Criteria andFree(String v) { addCriterion(v, \"a\", \"name\"); return (Criteria) this; } }"
            + " public static class Criteria extends GeneratedCriteria { protected Criteria() { super(); } } public static class Criterion { private String condition; private Object value; public String getCondition() { return condition; } public Object getValue() { return value; } protected Criterion(String c, Object v) { super(); condition = c; value = v; } } }";
        const string service = "package a; public class S { private M m; public int find(E e) { return m.q(e); } }";
        var xml = Xml("a.M", "<sql id=\"w\"><foreach collection=\"oredCriteria\" item=\"criteria\"><foreach collection=\"criteria.criteria\" item=\"criterion\">and ${criterion.condition} #{criterion.value}</foreach></foreach></sql><select id=\"q\">select <include refid=\"w\"/> order by ${orderByClause}</select>");
        Assert.Equal(isBad, FlowCase.Ids(Run("public interface M { int q(E e); }", $"E e = new E(); {filled} s.find(e)", [("r/M.xml", xml)], "S s;", ("E.java", example), ("S.java", service))).Contains("sql"));
    }

    [Fact]
    public void The_finding_stands_in_the_line_of_the_sign_and_an_aspect_lowers_its_confidence()
    {
        var xml = Xml("a.M", "\n<sql id=\"w\">\n  ${params.dataScope}\n</sql>\n<select id=\"q\">\n  select <include refid=\"w\"/></select>");
        const string aspect = "package a; import org.aspectj.lang.annotation.*; @Aspect public class Clear { static final String KEY = \"dataScope\"; @Before(\"x\") public void before(User u) { u.getParams().put(KEY, \"\"); } }";
        var found = Assert.Single(Run("public interface M { int q(User u); }", "m.q(u)", [("r/M.xml", xml)]).Found);
        Assert.Equal(("r/M.xml", 2), (found.Site.File, xml[..found.Site.At].Count(c => c == '\n')));
        Assert.DoesNotContain(MethodRun.Doubtful, found.Way!.What, StringComparison.Ordinal);
        var doubted = Assert.Single(Run("public interface M { int q(User u); }", "m.q(u)", [("r/M.xml", xml)], ("Clear.java", aspect)).Found);
        Assert.Contains(MethodRun.Doubtful, doubted.Way!.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_before_the_call_clears_what_is_put_in()
    {
        const string check = "package a; public class Sorts { static String ok(String s) { if (!s.matches(\"[a-z_]+\")) { throw new IllegalArgumentException(); } return s; } }";
        var xml = Xml("a.M", "<select id=\"q\">select * from a join b on a.id = b.id order by ${orderBy}</select>");
        Assert.Empty(Run("public interface M { int q(String orderBy); }", "m.q(Sorts.ok(p))", [("r/M.xml", xml)], ("Sorts.java", check)).Found);
        Assert.NotEmpty(Run("public interface M { int q(String orderBy); }", "m.q(p)", [("r/M.xml", xml)], ("Sorts.java", check)).Found);
    }

    [Fact]
    public void An_entity_of_the_document_and_a_name_of_the_configuration_are_known()
    {
        var entity = "<!DOCTYPE mapper PUBLIC \"a\" \"b\" [ <!ENTITY order \"order by ${name}\"> ]>" + Xml("a.M", "<select id=\"q\">select &order;</select>");
        Assert.NotEmpty(Run("public interface M { int q(String name); }", "m.q(p)", [("r/M.xml", entity)]).Found);
        const string settings = "<configuration><properties><property name=\"schema\" value=\"x\"/></properties></configuration>";
        var xml = Xml("a.M", "<select id=\"q\">select * from ${schema}.t where #{name}</select>");
        Assert.Empty(Run("public interface M { int q(String name); }", "m.q(p)", [("r/M.xml", xml), ("c.xml", settings)]).Found);
    }

    [Fact]
    public void Pieces_that_include_each_other_or_are_many_end_soon_and_are_told()
    {
        var round = Xml("a.M", "<sql id=\"x\"><include refid=\"y\"/></sql><sql id=\"y\"><include refid=\"x\"/>${p}</sql><select id=\"q\"><include refid=\"x\"/></select>");
        Assert.NotEmpty(Run("public interface M { int q(String p); }", "m.q(p)", [("r/M.xml", round)]).Cut);
        var deep = string.Concat(Enumerable.Range(0, 2_000).Select(i => $"<sql id=\"s{i}\"><include refid=\"s{i + 1}\"/><include refid=\"s{i + 1}\"/>${{p{i}}}</sql>"));
        Assert.NotEmpty(Run("public interface M { int q(String p); }", "m.q(p)", [("r/M.xml", Xml("a.M", deep + "<select id=\"q\"><include refid=\"s0\"/></select>"))]).Cut);
    }

    [Theory]
    [InlineData("<!a>", "")]
    [InlineData("<!DOCTYPE a>", "")]
    [InlineData("<!ENTITY x 'y'>", "<!DOCTYPE a [")]
    public void Declarations_without_end_take_time_by_their_length(string one, string before)
    {
        var text = before + string.Concat(Enumerable.Repeat(one, 4_000_000 / one.Length)) + (before.Length > 0 ? "]>" : "");
        var began = Environment.CpuUsage.TotalTime;
        Assert.Equal(0, new MarkupTags(text).All().Count(p => p.Name.Length > 0));
        Assert.InRange((Environment.CpuUsage.TotalTime - began).TotalSeconds, 0, 8);
    }

    private static string Xml(string space, string statements) => $"<mapper namespace=\"{space}\">{statements}</mapper>";

    private static FlowResult Run(string mapper, string call, params (string, string)[] markup) => Run(mapper, call, markup, []);

    private static FlowResult Run(string mapper, string call, (string, string)[] markup, params (string Path, string Text)[] more) => Run(mapper, call, markup, string.Empty, more);

    private static FlowResult Run(string mapper, string call, (string, string)[] markup, string members, params (string Path, string Text)[] more) => FlowCase.Run(
        [
            ("User.java", User), ("M.java", $"package a; {mapper}"), .. more,
            ("C.java", $"package a; import org.springframework.web.bind.annotation.*; class C {{ M m; {members} @GetMapping(\"/x\") void q(String p, User u) {{ {call}; }} }}"),
        ],
        markup);
}
