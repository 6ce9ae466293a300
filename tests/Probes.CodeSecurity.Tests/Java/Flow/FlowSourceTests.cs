using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>What methods of libraries bring in, and who can choose it. The place is one that tells of every source.</summary>
public sealed class FlowSourceTests
{
    private const string Head = "package a; import java.io.*; import java.net.*; import java.nio.file.*; import java.sql.*; import java.util.*; import javax.servlet.http.*; import org.springframework.web.bind.annotation.*;\n";

    [Theory]
    [InlineData("java.net.ServerSocket s", "new BufferedReader(new InputStreamReader(s.accept().getInputStream())).readLine()", FlowTrust.Remote, "网络连接")]
    [InlineData("java.net.DatagramSocket s, java.net.DatagramPacket d", "new String(d.getData())", FlowTrust.Remote, "网络报文")]
    [InlineData("java.nio.channels.SocketChannel c, java.nio.ByteBuffer b", "read(c, b)", FlowTrust.Remote, "网络连接")]
    [InlineData("org.springframework.web.multipart.MultipartFile f", "f.getOriginalFilename()", FlowTrust.Remote, "上传")]
    [InlineData("javax.servlet.http.Part f", "f.getSubmittedFileName()", FlowTrust.Remote, "上传")]
    [InlineData("org.apache.commons.fileupload.FileItem f", "f.getString(\"utf-8\")", FlowTrust.Remote, "上传")]
    [InlineData("org.springframework.web.multipart.MultipartHttpServletRequest q", "q.getFile(\"a\").getOriginalFilename()", FlowTrust.Remote, "上传")]
    [InlineData("HttpServletRequest q", "q.getCookies()[0].getValue()", FlowTrust.Remote, "Cookie")]
    [InlineData("HttpServletRequest q", "q.getHeader(\"a\")", FlowTrust.Remote, "请求头")]
    [InlineData("HttpServletRequest q", "q.getReader().readLine()", FlowTrust.Remote, "请求正文")]
    [InlineData("HttpServletRequest q", "com.alibaba.fastjson2.JSON.parseObject(org.apache.commons.io.IOUtils.toString(q.getInputStream())).getString(\"a\")", FlowTrust.Remote, "请求正文")]
    [InlineData("HttpServletRequest q, com.fasterxml.jackson.databind.ObjectMapper m", "m.readTree(q.getInputStream()).get(\"a\").asText()", FlowTrust.Remote, "请求正文")]
    [InlineData("HttpServletRequest q, org.w3c.dom.Element e", "new javax.xml.bind.Unmarshaller().unmarshal(q.getInputStream()).toString()", FlowTrust.Remote, "请求正文")]
    [InlineData("org.springframework.web.context.request.NativeWebRequest q", "q.getParameter(\"a\")", FlowTrust.Remote, "请求参数")]
    [InlineData("org.springframework.web.reactive.function.server.ServerRequest q", "q.pathVariable(\"a\")", FlowTrust.Remote, "路径参数")]
    [InlineData("org.springframework.web.reactive.function.server.ServerRequest q", "q.bodyToMono(String.class).map(s -> s + 1).block()", FlowTrust.Remote, "请求正文")]
    [InlineData("org.springframework.web.server.ServerWebExchange q", "q.getRequest().getQueryParams().getFirst(\"a\")", FlowTrust.Remote, "请求参数")]
    [InlineData("graphql.schema.DataFetchingEnvironment e", "e.getArgument(\"a\")", FlowTrust.Remote, "GraphQL 参数")]
    [InlineData("java.sql.ResultSet q", "q.getString(1)", FlowTrust.Stored, "数据库查询结果")]
    [InlineData("org.springframework.jdbc.core.JdbcTemplate t", "t.queryForObject(\"select 1\", String.class)", FlowTrust.Stored, "数据库查询结果")]
    [InlineData("org.springframework.jdbc.core.JdbcTemplate t", "t.queryForList(\"select 1\").get(0).get(\"a\")", FlowTrust.Stored, "数据库查询结果")]
    [InlineData("javax.persistence.EntityManager m", "m.createQuery(\"from A\").getResultList().get(0)", FlowTrust.Stored, "数据库查询结果")]
    [InlineData("org.apache.ibatis.session.SqlSession m", "m.selectOne(\"a.b\")", FlowTrust.Stored, "数据库查询结果")]
    [InlineData("org.springframework.data.redis.core.StringRedisTemplate m", "m.opsForValue().get(\"a\")", FlowTrust.Stored, "缓存")]
    [InlineData("redis.clients.jedis.Jedis m", "m.hget(\"a\", \"b\")", FlowTrust.Stored, "缓存")]
    [InlineData("org.springframework.web.client.RestTemplate m", "m.getForObject(\"http://a\", String.class)", FlowTrust.Stored, "其他服务的应答")]
    [InlineData("java.net.HttpURLConnection m", "new BufferedReader(new InputStreamReader(m.getInputStream())).readLine()", FlowTrust.Stored, "其他服务的应答")]
    [InlineData("okhttp3.OkHttpClient m, okhttp3.Request q", "m.newCall(q).execute().body().string()", FlowTrust.Stored, "其他服务的应答")]
    [InlineData("java.net.http.HttpClient m, java.net.http.HttpRequest q", "m.send(q, null).body()", FlowTrust.Stored, "其他服务的应答")]
    [InlineData("Object m", "cn.hutool.http.HttpUtil.get(\"http://a\")", FlowTrust.Stored, "其他服务的应答")]
    [InlineData("Object m", "cn.hutool.http.HttpRequest.post(\"http://a\").body(\"b\").execute().body()", FlowTrust.Stored, "其他服务的应答")]
    [InlineData("Object m", "com.xxl.job.core.context.XxlJobHelper.getJobParam()", FlowTrust.Stored, "调度参数")]
    [InlineData("java.security.Principal p", "p.getName()", FlowTrust.Stored, "登录名")]
    [InlineData("Object m", "org.apache.shiro.SecurityUtils.getSubject().getPrincipal().toString()", FlowTrust.Stored, "登录名")]
    [InlineData("Object m", "System.getenv(\"A\")", FlowTrust.Local, "环境变量")]
    [InlineData("Object m", "System.getProperty(\"a\")", FlowTrust.Local, "系统属性")]
    [InlineData("Properties m", "m.getProperty(\"unknown\")", FlowTrust.Local, "属性文件")]
    [InlineData("org.springframework.core.env.Environment m", "m.getProperty(\"unknown\")", FlowTrust.Local, "配置项")]
    [InlineData("Object m", "new Scanner(System.in).nextLine()", FlowTrust.Local, "控制台输入")]
    [InlineData("Object m", "System.console().readLine()", FlowTrust.Local, "控制台输入")]
    [InlineData("Object m", "Files.readString(Path.of(\"/a\"))", FlowTrust.Local, "本机文件")]
    [InlineData("Object m", "new BufferedReader(new FileReader(\"/a\")).readLine()", FlowTrust.Local, "本机文件")]
    [InlineData("Object m", "org.apache.commons.io.FileUtils.readFileToString(new File(\"/a\"))", FlowTrust.Local, "本机文件")]
    public void A_source_says_what_it_is_and_who_can_choose_it(string parameters, string value, FlowTrust trust, string kind)
    {
        const string read = "static String read(java.nio.channels.SocketChannel c, java.nio.ByteBuffer b) throws Exception { c.read(b); return new String(b.array()); }";
        var found = Assert.Single(FlowCase.Run([("A.java", $"{Head} class A {{ {read} void q({parameters}) throws Exception {{ Runtime.getRuntime().exec(\"a \" + {value}); }} }}")]).Found, f => FlowCase.Apis.Weaknesses[f.Weakness].Id == "command");
        Assert.Equal(trust, found.Trust);
        Assert.Contains($"（{kind}）", EntryPointTests.First(found.Way!), StringComparison.Ordinal);
    }

    /// <summary>A key is not what lies under it: who chooses what is asked for does not choose what is answered.</summary>
    [Theory]
    [InlineData("org.apache.ibatis.session.SqlSession m", "m.selectOne(\"a.b\", p)")]
    [InlineData("org.mybatis.spring.SqlSessionTemplate m", "m.selectList(\"a.b\", p).get(0)")]
    [InlineData("com.ibatis.sqlmap.client.SqlMapClient m", "m.queryForObject(\"a.b\", p)")]
    [InlineData("org.springframework.jdbc.core.JdbcTemplate m", "m.queryForObject(\"select a from b where c = ?\", String.class, p)")]
    [InlineData("org.springframework.jdbc.core.JdbcTemplate m", "m.queryForList(\"select a from b where c = ?\", p).get(0).get(\"a\")")]
    [InlineData("javax.persistence.EntityManager m", "m.find(Object.class, p)")]
    [InlineData("redis.clients.jedis.Jedis m", "m.hget(\"a\", p)")]
    [InlineData("org.springframework.data.redis.core.StringRedisTemplate m", "m.opsForHash().get(\"a\", p)")]
    [InlineData("org.springframework.web.client.RestTemplate m", "m.getForObject(\"http://a/{b}\", String.class, p)")]
    public void What_is_asked_with_is_not_what_is_answered(string parameter, string value) =>
        Assert.Equal(FlowTrust.Stored, Assert.Single(
            FlowCase.Run([("A.java", $"{Head} @RestController class A {{ @GetMapping(\"/a\") void q(@RequestParam String p, {parameter}) throws Exception {{ Runtime.getRuntime().exec(\"a \" + {value}); }} }}")]).Found,
            f => FlowCase.Apis.Weaknesses[f.Weakness].Id == "command").Trust);

    [Theory]
    [InlineData("String n = q.getString(1);", "s.executeQuery(n);", "sql")]
    [InlineData("String n = q.getString(1);", "new FileInputStream(n);", "")]
    [InlineData("String n = q.getString(1);", "w.sendRedirect(n);", "")]
    [InlineData("long n = q.getLong(1);", "s.executeQuery(\"a\" + n);", "")]
    [InlineData("String n = System.getenv(\"A\");", "s.executeQuery(n);", "")]
    [InlineData("String n = System.getenv(\"A\");", "new FileInputStream(n);", "")]
    [InlineData("String n = System.getenv(\"A\");", "Runtime.getRuntime().exec(n);", "command")]
    [InlineData("String n = System.getProperty(\"user.dir\");", "Runtime.getRuntime().exec(\"a\", null, new File(n));", "")]
    public void A_weakness_says_from_which_sources_on_it_is_told(string source, string place, string id) =>
        Assert.Equal(id.Length == 0 ? [] : [id], FlowCase.Ids(FlowCase.Run([("A.java", $"{Head} class A {{ void q(ResultSet q, Statement s, HttpServletResponse w) throws Exception {{ {source} {place} }} }}")])));

    [Fact]
    public void Of_several_sources_at_one_place_the_most_foreign_is_told()
    {
        const string text = Head + "class A { static void run(Statement s, String x) throws Exception { s.executeQuery(x); } void a(Statement s, ResultSet q) throws Exception { run(s, q.getString(1)); } void b(Statement s, HttpServletRequest q) throws Exception { run(s, q.getParameter(\"a\")); } void c(Statement s, ResultSet q) throws Exception { run(s, q.getString(2)); } }";
        Assert.Equal(FlowTrust.Remote, Assert.Single(FlowCase.Run([("A.java", text)]).Found).Trust);
        const string joined = Head + "class A { void a(Statement s, ResultSet q, HttpServletRequest r) throws Exception { String x = q.getString(1) + System.getenv(\"A\") + r.getParameter(\"a\") + q.getString(2); s.executeQuery(x); } }";
        Assert.Equal(FlowTrust.Remote, Assert.Single(FlowCase.Run([("A.java", joined)]).Found).Trust);
    }

    [Fact]
    public void Many_rows_of_a_database_are_one_source_and_lose_nothing()
    {
        var rows = string.Concat(Enumerable.Range(0, 40).Select(i => $" + q.getString({i})"));
        var seen = FlowCase.Run([("A.java", $"{Head} class A {{ void a(Statement s, ResultSet q) throws Exception {{ s.executeQuery(\"a\"{rows}); }} }}")]);
        Assert.Equal((1, 0), (seen.Found.Count, seen.Cut.Count));
    }
}
